package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.maker.Maker;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ServiceAccount, and the role that it is said to have.
 *
 * @param roleArn empty if it has none yet
 * @param live the ServiceAccount; empty if it does not exist
 * @param addresses of the role and of what belongs to it in the state of Terraform; empty if no state was given
 * @param declared the declaration in a file of eksctl
 * @param given the manifest that adopts the role; empty if the import writes it
 */
public record ImportCandidate(
        AccountKey account,
        String roleArn,
        Optional<Workload> live,
        List<String> addresses,
        Optional<EksctlServiceAccount> declared,
        Optional<Given> given) {
    public ImportCandidate {
        addresses = List.copyOf(addresses);
    }

    /**
     * A manifest that a user may have edited since an import wrote it.
     *
     * @param refused why the role cannot be offered to it, whatever the role is
     */
    public record Given(IamServiceAccountSpec spec, Optional<Refused> refused) {}

    /** Returns the candidate that the annotation of a ServiceAccount names; empty if it has no role. */
    public static Optional<ImportCandidate> of(Workload account) {
        return Optional.ofNullable(account.annotations().get(DesiredServiceAccount.ROLE_ARN))
                .filter(arn -> !arn.isEmpty())
                .map(arn -> new ImportCandidate(
                        new AccountKey(account.namespace(), account.name()),
                        arn,
                        Optional.of(account),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Returns a candidate without a ServiceAccount, or with one that has no annotation. */
    static ImportCandidate without(AccountKey account, String roleArn) {
        return new ImportCandidate(account, roleArn, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Returns the candidate that a manifest names. */
    static ImportCandidate of(AccountKey account, String roleArn, Optional<Workload> live, Given given) {
        return new ImportCandidate(account, roleArn, live, List.of(), Optional.empty(), Optional.of(given));
    }

    /** Returns the annotations that the webhook reads. */
    SortedMap<String, String> annotations() {
        return live.map(Workload::annotations).orElseGet(TreeMap::new);
    }

    /** Returns the candidate with these addresses of Terraform. */
    ImportCandidate at(List<String> states) {
        return new ImportCandidate(account, roleArn, live, states, declared, given);
    }

    /** Returns the candidate with this declaration of eksctl. */
    ImportCandidate declaredAs(EksctlServiceAccount declaration) {
        return new ImportCandidate(account, roleArn, live, addresses, Optional.of(declaration), given);
    }

    /** Returns the candidate with this role. */
    ImportCandidate withRole(String arn) {
        return new ImportCandidate(account, arn, live, addresses, declared, given);
    }

    /** Returns the tool that created the role, as far as this shows it. */
    RoleMaker maker(Optional<LiveRole> role) {
        if (!addresses.isEmpty()) {
            return new RoleMaker(Maker.TERRAFORM, true, List.of("state " + addresses.getLast()));
        }
        return RoleMaker.of(new RoleMaker.Traces(
                account.namespace(),
                account.name(),
                role.map(found -> found.role().tags()),
                live.map(Workload::labels).orElse(new TreeMap<>()),
                live.map(found -> found.managers().get(DesiredServiceAccount.ROLE_ARN))
                        .map(Set::of)
                        .orElse(Set.of())));
    }
}
