package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.text.Page;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.maker.Maker;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.kubectl.rolespec.RoleImport;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import dev.irsa.kubectl.rolespec.RoleImporter;
import dev.irsa.port.RoleReads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Plans the adoption of roles that others created in one AWS account.
 *
 * @param cluster its identity in the account
 * @param roles the roles of the candidates
 * @param associated the ServiceAccounts that have EKS Pod Identity associations
 * @param taken the names of the IamServiceAccounts that exist
 * @param counted those of them whose roles are in the account
 * @param entitlements the names of the IamEntitlements that exist
 * @param elsewhere returns why a role in another account is not imported
 */
public record ImportPlanner(
        ClusterIdentity cluster,
        Found roles,
        Set<AccountKey> associated,
        Set<AccountKey> taken,
        Set<AccountKey> counted,
        Set<String> entitlements,
        Function<RoleArn, Refused> elsewhere) {
    /** Plans over the cluster and AWS as they would be with these manifests. */
    @FunctionalInterface
    public interface Plans {
        /** Returns the plan of the operator. */
        PlanResult of(Manifests manifests, OfferedRoles offered);
    }

    /**
     * Plans the adoption.
     *
     * @param others reads the roles that are not among the candidates' own
     */
    public ImportPlan plan(List<ImportCandidate> candidates, Plans plans, RoleReads others) {
        List<ImportedAccount> accounts = candidates.stream().map(this::imported).toList();
        OfferedRoles offered = offered(accounts, others);
        PlanResult first = plans.of(manifests(accounts, List.of()), offered);
        List<IamEntitlement> missing =
                new MissingEntitlements(cluster.account().name(), entitlements, counted).of(accounts, first);
        PlanResult proof = missing.isEmpty() ? first : plans.of(manifests(accounts, missing), offered);
        return new ImportPlan(
                accounts.stream().map(account -> account.planned(proof)).toList(), missing, proof.warnings());
    }

    private static Manifests manifests(List<ImportedAccount> accounts, List<IamEntitlement> entitlements) {
        List<IamServiceAccount> resources = accounts.stream()
                .flatMap(account -> account.resource().stream())
                .toList();
        return new Manifests(resources, entitlements, List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
    }

    private OfferedRoles offered(List<ImportedAccount> accounts, RoleReads others) {
        Map<String, RoleState> offered = new HashMap<>();
        accounts.stream().filter(ImportedAccount::adoptsRole).forEach(account -> {
            LiveRole role = account.role().orElseThrow();
            AccountKey key = account.key();
            offered.put(
                    role.role().name(),
                    role.offered(cluster.owner(key.namespace(), key.name()).offer()));
        });
        return new OfferedRoles(offered, others);
    }

    private ImportedAccount imported(ImportCandidate candidate) {
        if (candidate.roleArn().isEmpty()) {
            return declared(candidate);
        }
        Optional<RoleArn> arn = RoleArn.of(candidate.roleArn());
        Optional<LiveRole> role = arn.map(parsed -> roles.byName().get(parsed.name()));
        RoleImport result = refusal(candidate, arn, role)
                .<RoleImport>map(refused -> refused)
                .orElseGet(() -> new RoleImporter(cluster)
                        .of(new RoleImporter.Request(
                                candidate.account().namespace(),
                                candidate.account().name(),
                                candidate.annotations(),
                                role.orElseThrow())));
        return new ImportedAccount(candidate, maker(candidate, role), role, result, Optional.empty());
    }

    private ImportedAccount declared(ImportCandidate candidate) {
        EksctlServiceAccount declaration = candidate.declared().orElseThrow();
        RoleMaker eksctl = new RoleMaker(Maker.EKSCTL, true, List.of(declaration.place()));
        RoleImport result =
                new RoleImport.Importable(declaration.spec(cluster.account().partition()), declaration.notExpressed());
        return new ImportedAccount(candidate, eksctl, Optional.empty(), result, Optional.empty());
    }

    private Optional<Refused> refusal(ImportCandidate candidate, Optional<RoleArn> arn, Optional<LiveRole> role) {
        String annotation = candidate.roleArn();
        if (arn.isEmpty()) {
            return refused(
                    "the annotation " + annotation + " is not the ARN of a role",
                    "correct it; kubectl irsa doctor shows the chain");
        }
        if (!arn.get().account().equals(cluster.account().id())) {
            return Optional.of(elsewhere.apply(arn.get()));
        }
        if (roles.unreadable().contains(arn.get().name())) {
            return refused("a policy of the role is not valid JSON", "correct the policy");
        }
        if (role.isEmpty()) {
            return refused("IAM has no role " + arn.get().name(), "remove the annotation, or create the role again");
        }
        if (!role.get().role().arn().equals(annotation)) {
            return refused(
                    "the ARN of the role is " + role.get().role().arn() + ", and the annotation differs from it",
                    "correct the annotation");
        }
        if (associated.contains(candidate.account())) {
            return refused(
                    "an EKS Pod Identity association gives the pods their credentials",
                    "remove the annotation, or, to return the pods to IRSA, delete the association");
        }
        return taken.contains(candidate.account())
                ? refused(
                        "an IamServiceAccount of this name exists for another ServiceAccount",
                        "write the resource by hand under another name" + Page.ADOPTION.reference())
                : Optional.empty();
    }

    private static Optional<Refused> refused(String why, String instead) {
        return Optional.of(new Refused(why, instead));
    }

    private static RoleMaker maker(ImportCandidate candidate, Optional<LiveRole> role) {
        if (!candidate.addresses().isEmpty()) {
            return new RoleMaker(
                    Maker.TERRAFORM,
                    true,
                    List.of("state " + candidate.addresses().getLast()));
        }
        return RoleMaker.of(new RoleMaker.Traces(
                candidate.account().namespace(),
                candidate.account().name(),
                role.map(live -> live.role().tags()),
                candidate.live().map(Workload::labels).orElse(new TreeMap<>()),
                candidate
                        .live()
                        .map(live -> live.managers().get(DesiredServiceAccount.ROLE_ARN))
                        .map(Set::of)
                        .orElse(Set.of())));
    }
}
