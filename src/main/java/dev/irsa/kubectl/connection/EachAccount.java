package dev.irsa.kubectl.connection;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads every AWS account in which the operator can have roles: its own, and that of each IamAccount. An account that cannot be read is
 * named, so that no user takes an incomplete list for a complete one.
 *
 * @param settings of the operator, which name its account
 */
public record EachAccount(AccountReaders readers, IamAccounts iamAccounts, OperatorSettings settings) {
    /**
     * An account that can be read.
     *
     * @param iamAccount the name of its IamAccount; empty for the account of the operator
     * @param id twelve digits
     */
    public record Account(String iamAccount, String id, AwsReads aws) {}

    /**
     * What was read.
     *
     * @param read a result for each account, of which that of the operator is the first
     * @param notRead why accounts could not be read, and what to do, by their ids; the id is empty if the IamAccounts could not be read
     */
    public record Results<T>(List<T> read, SortedMap<String, String> notRead) {
        public Results {
            read = List.copyOf(read);
            notRead = Sorted.copyOf(notRead);
        }
    }

    /**
     * Reads the accounts one after the other.
     *
     * @param read throws a {@link FailureException} if it cannot read an account
     * @throws FailureException if that is the account of the operator
     * @throws StartFailure if there are no credentials for that account
     */
    public <T> Results<T> read(Function<Account, T> read) throws StartFailure {
        List<T> found = new ArrayList<>();
        SortedMap<String, String> notRead = new TreeMap<>();
        found.add(read.apply(new Account("", ownId(), readers.requireHome())));
        switch (iamAccounts.all()) {
            case Evidence.Known<List<IamAccount>>(List<IamAccount> known) -> {
                for (IamAccount account : onePerAccount(known)) {
                    switch (inOther(account, read)) {
                        case Evidence.Known<T>(T result) -> found.add(result);
                        case Evidence.Unreadable<T>(String why) ->
                            notRead.put(account.getSpec().accountID(), why);
                    }
                }
            }
            case Evidence.Unreadable<List<IamAccount>>(String why) -> notRead.put("", IamAccounts.unknown(why));
        }
        return new Results<>(found, notRead);
    }

    private String ownId() {
        return settings.identity().account().id();
    }

    /**
     * Of several IamAccounts for one account, at most one manages roles. The operator manages none through an IamAccount for its own
     * account.
     */
    private Collection<IamAccount> onePerAccount(List<IamAccount> known) {
        Map<String, IamAccount> byId = new TreeMap<>();
        for (IamAccount account : known) {
            String id = account.getSpec().accountID();
            try {
                OperatorSettings _ = iamAccounts.settings(account, settings);
                byId.put(id, account);
            } catch (FailureException e) {
                byId.putIfAbsent(id, account);
            }
        }
        byId.remove(ownId());
        return byId.values();
    }

    private <T> Evidence<T> inOther(IamAccount account, Function<Account, T> read) {
        String id = account.getSpec().accountID();
        try {
            return readers.in(id)
                    .then(aws -> Evidence.of(
                            read.apply(new Account(account.getMetadata().getName(), id, aws))));
        } catch (FailureException e) {
            return Evidence.unreadable("account " + id + " cannot be read: " + UserMessage.of(e.failure()));
        }
    }
}
