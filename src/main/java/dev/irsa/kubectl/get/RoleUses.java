package dev.irsa.kubectl.get;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.RoleListing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * When the roles of ServiceAccounts were last used.
 *
 * @param byRole by the ARN of the role
 * @param tags of the same roles, because the list shows them too
 * @param notRead why accounts could not be read, and what to do, by their ids
 */
public record RoleUses(
        Map<String, RoleUse> byRole, Map<String, SortedMap<String, String>> tags, SortedMap<String, String> notRead) {
    /** Nothing was read. */
    public static final RoleUses NONE = new RoleUses(Map.of(), Map.of(), new TreeMap<>());

    public RoleUses {
        byRole = Map.copyOf(byRole);
        tags = Map.copyOf(tags);
        notRead = Sorted.copyOf(notRead);
    }

    /**
     * Reads all roles of each account that has a role of the rows.
     *
     * @param accounts returns the list of an account by its id, or why it cannot be read
     */
    public static RoleUses read(List<CredentialsRow> rows, Function<String, Evidence<RoleListing>> accounts) {
        SortedMap<String, Set<String>> wanted = new TreeMap<>();
        rows.stream()
                .flatMap(row -> row.roleArn().stream())
                .forEach(arn -> RoleArn.of(arn)
                        .ifPresent(parsed -> wanted.computeIfAbsent(parsed.account(), _ -> new HashSet<>())
                                .add(arn)));
        Map<String, RoleUse> uses = new HashMap<>();
        Map<String, SortedMap<String, String>> tags = new HashMap<>();
        SortedMap<String, String> notRead = new TreeMap<>();
        wanted.forEach((account, arns) -> {
            try {
                switch (accounts.apply(account)) {
                    case Evidence.Known<RoleListing>(RoleListing listing) ->
                        listing.details(role -> {
                            if (arns.contains(role.arn())) {
                                role.use().ifPresent(use -> uses.put(role.arn(), use));
                                tags.put(role.arn(), role.tags());
                            }
                        });
                    case Evidence.Unreadable<RoleListing>(String why) -> notRead.put(account, why);
                }
            } catch (FailureException e) {
                notRead.put(account, "account " + account + ": " + UserMessage.of(e.failure()));
            }
        });
        return new RoleUses(uses, tags, notRead);
    }

    /** Returns the same without the accounts in which none of these ServiceAccounts has its role. */
    RoleUses of(List<CredentialsRow> rows) {
        SortedMap<String, String> missing = new TreeMap<>(notRead);
        missing.keySet()
                .retainAll(rows.stream()
                        .flatMap(row -> row.roleArn().flatMap(RoleArn::of).stream())
                        .map(RoleArn::account)
                        .toList());
        return new RoleUses(byRole, tags, missing);
    }

    /** Returns the same, and why roles of ServiceAccounts that are not known are missing. */
    public RoleUses without(String why) {
        SortedMap<String, String> more = new TreeMap<>(notRead);
        more.put("", why);
        return new RoleUses(byRole, tags, more);
    }

    /** Returns the use of the role of a ServiceAccount; empty if it is not known, or there is no role. */
    public Optional<RoleUse> of(CredentialsRow row) {
        return row.roleArn().flatMap(arn -> Optional.ofNullable(byRole.get(arn)));
    }

    /** Returns whether a ServiceAccount has a role whose use is not known. */
    public boolean lack(CredentialsRow row) {
        return of(row).isEmpty()
                && (row.roleArn().isPresent() || !row.deliveredBy().isEmpty());
    }
}
