package dev.irsa.plugin.adopt;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.plugin.get.AccountKey;
import dev.irsa.port.WorkloadReads.Workload;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ServiceAccount, and the role that it is said to have.
 *
 * @param live the ServiceAccount; empty if it does not exist
 * @param annotations those that the webhook reads
 * @param addresses of the role and of what belongs to it in the state of Terraform; empty if no state was given
 */
public record AdoptionCandidate(
        AccountKey account,
        String roleArn,
        Optional<Workload> live,
        SortedMap<String, String> annotations,
        List<String> addresses) {
    public AdoptionCandidate {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        addresses = List.copyOf(addresses);
    }

    /** Returns the candidate that the annotation of a ServiceAccount names; empty if it has no role. */
    public static Optional<AdoptionCandidate> of(Workload account) {
        return Optional.ofNullable(account.annotations().get(DesiredServiceAccount.ROLE_ARN))
                .filter(arn -> !arn.isEmpty())
                .map(arn -> new AdoptionCandidate(
                        new AccountKey(account.namespace(), account.name()),
                        arn,
                        Optional.of(account),
                        account.annotations(),
                        List.of()));
    }

    /** Returns the candidate with these addresses of Terraform. */
    AdoptionCandidate at(List<String> given) {
        return new AdoptionCandidate(account, roleArn, live, annotations, given);
    }
}
