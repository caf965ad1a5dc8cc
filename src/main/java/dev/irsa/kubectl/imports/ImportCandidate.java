package dev.irsa.kubectl.imports;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ServiceAccount, and the role that it is said to have.
 *
 * @param roleArn empty if it has none yet
 * @param live the ServiceAccount; empty if it does not exist
 * @param addresses of the role and of what belongs to it in the state of Terraform; empty if no state was given
 * @param declared the declaration in a file of eksctl
 */
public record ImportCandidate(
        AccountKey account,
        String roleArn,
        Optional<Workload> live,
        List<String> addresses,
        Optional<EksctlServiceAccount> declared) {
    public ImportCandidate {
        addresses = List.copyOf(addresses);
    }

    /** Returns the candidate that the annotation of a ServiceAccount names; empty if it has no role. */
    public static Optional<ImportCandidate> of(Workload account) {
        return Optional.ofNullable(account.annotations().get(DesiredServiceAccount.ROLE_ARN))
                .filter(arn -> !arn.isEmpty())
                .map(arn -> new ImportCandidate(
                        new AccountKey(account.namespace(), account.name()),
                        arn,
                        Optional.of(account),
                        List.of(),
                        Optional.empty()));
    }

    /** Returns a candidate without a ServiceAccount, or with one that has no annotation. */
    static ImportCandidate without(AccountKey account, String roleArn) {
        return new ImportCandidate(account, roleArn, Optional.empty(), List.of(), Optional.empty());
    }

    /** Returns the annotations that the webhook reads. */
    SortedMap<String, String> annotations() {
        return live.map(Workload::annotations).orElseGet(TreeMap::new);
    }

    /** Returns the candidate with these addresses of Terraform. */
    ImportCandidate at(List<String> given) {
        return new ImportCandidate(account, roleArn, live, given, declared);
    }

    /** Returns the candidate with this declaration of eksctl. */
    ImportCandidate declaredAs(EksctlServiceAccount declaration) {
        return new ImportCandidate(account, roleArn, live, addresses, Optional.of(declaration));
    }

    /** Returns the candidate with this role. */
    ImportCandidate withRole(String arn) {
        return new ImportCandidate(account, arn, live, addresses, declared);
    }
}
