package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.aws.IamLiveRoles;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.imports.ImportCandidates;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The AWS accounts of an import other than that of the operator.
 *
 * @param readable those in which roles can be imported, by their ids
 * @param refused why no role is imported in the others, by their ids
 * @param notRead those that have an IamAccount, or may have one, and cannot be read
 */
record ImportAccounts(Map<String, ReadableAccount> readable, Map<String, Refused> refused, List<NotRead> notRead) {
    /**
     * An account in which roles can be imported.
     *
     * @param identity of the cluster there, with the spelling of its OIDC provider
     * @param found the roles of the candidates
     */
    record ReadableAccount(OperatorSettings settings, ClusterIdentity identity, PlanSources.Aws reads, Found found) {}

    /** Reads the accounts of the candidates. Without a candidate in another account, nothing is read. */
    static ImportAccounts of(ImportCandidates candidates, PlanSession session, IamAccounts accounts, Output output) {
        SortedMap<String, ReadableAccount> readable = new TreeMap<>();
        SortedMap<String, Refused> refused = new TreeMap<>();
        SortedMap<String, String> notRead = new TreeMap<>();
        for (String id : candidates.accounts()) {
            if (id.equals(session.settings().identity().account().id())) {
                continue;
            }
            output.progress("reading the roles of account " + id);
            switch (settings(id, session, accounts)) {
                case Settings.Known(OperatorSettings settings) -> {
                    switch (read(id, settings, candidates, session, accounts)) {
                        case Evidence.Known<ReadableAccount>(ReadableAccount there) -> readable.put(id, there);
                        case Evidence.Unreadable<ReadableAccount>(String why) -> {
                            notRead.put(id, why);
                            refused.put(id, new Refused(why, "import again when you can read account " + id));
                        }
                    }
                }
                case Settings.Unknown(String why) -> {
                    notRead.put(id, why);
                    refused.put(id, new Refused(why, "ask for the permission to list iamaccounts, and import again"));
                }
                case Settings.None(Refused why) -> refused.put(id, why);
            }
        }
        return new ImportAccounts(readable, refused, NotRead.of(notRead));
    }

    /** The settings of the operator for an account. */
    private sealed interface Settings {
        record Known(OperatorSettings settings) implements Settings {}

        /** The user may not read what shows them. */
        record Unknown(String why) implements Settings {}

        /** The operator manages no roles there. */
        record None(Refused why) implements Settings {}
    }

    private static Settings settings(String id, PlanSession session, IamAccounts accounts) {
        if (!(accounts.all() instanceof Evidence.Known<List<IamAccount>>(List<IamAccount> all))) {
            return new Settings.Unknown("the role is in account " + id
                    + ", and whether it has an IamAccount is not known: "
                    + (accounts.all() instanceof Evidence.Unreadable<List<IamAccount>>(String why) ? why : ""));
        }
        Optional<Refused> problem = Optional.empty();
        for (IamAccount account : all) {
            if (account.getSpec().accountID().equals(id)) {
                try {
                    return new Settings.Known(accounts.settings(account, session.settings()));
                } catch (FailureException e) {
                    problem = Optional.of(new Refused(
                            e.failure().message(),
                            e.failure().reason() == Reason.AccountAbandoned
                                    ? "import again after that"
                                    : "import again when the IamAccount is valid"));
                }
            }
        }
        return new Settings.None(problem.orElseGet(() -> new Refused(
                "the role is in account " + id + ", and the cluster has no IamAccount for it",
                "ask a platform engineer to apply one, and import again; or name the role in spec.externalRole")));
    }

    private static Evidence<ReadableAccount> read(
            String id,
            OperatorSettings settings,
            ImportCandidates candidates,
            PlanSession session,
            IamAccounts accounts) {
        return session.readers().in(id).then(aws -> {
            Optional<PlanSources.Aws> reads = AwsSource.connect(session.readers(), settings, accounts, session.warn())
                    .reads();
            return reads.isEmpty()
                    ? Evidence.unreadable("account " + id + " cannot be read; see the warning")
                    : found(id, aws, candidates)
                            .then(found -> Evidence.of(new ReadableAccount(
                                    settings,
                                    reads.get().provider().spelled(settings.identity()),
                                    reads.get(),
                                    found)));
        });
    }

    private static Evidence<Found> found(String id, AwsReads aws, ImportCandidates candidates) {
        try {
            return Evidence.of(
                    new IamLiveRoles(aws.clients().iam(), CallInterceptor.NONE).roles(candidates.wantedIn(id)));
        } catch (FailureException e) {
            return Evidence.unreadable(
                    "the roles of account " + id + " cannot be read: " + UserMessage.of(e.failure()));
        }
    }

    /** Returns the ServiceAccounts with EKS Pod Identity associations, as far as the user may read them. */
    static Set<AccountKey> associated(AwsReads aws, Output output) {
        return aws
                .associations()
                .flatMap(reads -> UserMessage.unlessFailed(
                        "Pod Identity associations are not compared", reads::list, output::warn))
                .orElse(List.of())
                .stream()
                .map(AccountKey::of)
                .collect(Collectors.toSet());
    }
}
