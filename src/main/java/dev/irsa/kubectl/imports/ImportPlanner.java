package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.text.Page;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportCandidate.Given;
import dev.irsa.kubectl.maker.Maker;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.kubectl.rolespec.RoleImport;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
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
    /** The length of the longest name that an IamServiceAccount may have. That of a ServiceAccount may be longer. */
    private static final int MAX_NAME = 63;

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

    /**
     * Plans the adoption by manifests as they are, with what else is in their files. What they need is not added.
     *
     * @param others reads the roles that are not among the candidates' own
     */
    public ImportPlan planGiven(List<ImportCandidate> candidates, Manifests given, Plans plans, RoleReads others) {
        List<ImportedAccount> accounts = candidates.stream().map(this::imported).toList();
        PlanResult proof = plans.of(given.withOnly(resources(accounts)), offered(accounts, others));
        return new ImportPlan(
                accounts.stream().map(account -> account.planned(proof)).toList(), List.of(), proof.warnings());
    }

    /** Decides by the roles alone whether they can be adopted, without a plan of what would change. */
    public ImportPlan judge(List<ImportCandidate> candidates) {
        return new ImportPlan(candidates.stream().map(this::imported).toList(), List.of(), List.of());
    }

    private static Manifests manifests(List<ImportedAccount> accounts, List<IamEntitlement> entitlements) {
        return new Manifests(resources(accounts), entitlements, List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
    }

    private static List<IamServiceAccount> resources(List<ImportedAccount> accounts) {
        return accounts.stream().flatMap(account -> account.resource().stream()).toList();
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
        if (candidate.roleArn().isEmpty() && candidate.given().isEmpty()) {
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
        return new ImportedAccount(
                candidate, candidate.maker(role), role, as(candidate.given(), result), Optional.empty());
    }

    /** Returns the result with the spec of the manifest. The import may have written another one. */
    private static RoleImport as(Optional<Given> given, RoleImport result) {
        return given.isPresent() && result instanceof Importable(var _, var notes)
                ? new Importable(given.get().spec(), notes)
                : result;
    }

    private ImportedAccount declared(ImportCandidate candidate) {
        EksctlServiceAccount declaration = candidate.declared().orElseThrow();
        RoleMaker eksctl = new RoleMaker(Maker.EKSCTL, true, List.of(declaration.place()));
        RoleImport result = longName(candidate)
                .<RoleImport>map(refused -> refused)
                .orElseGet(() ->
                        new Importable(declaration.spec(cluster.account().partition()), declaration.notExpressed()));
        return new ImportedAccount(candidate, eksctl, Optional.empty(), result, Optional.empty());
    }

    private Optional<Refused> refusal(ImportCandidate candidate, Optional<RoleArn> arn, Optional<LiveRole> role) {
        String annotation = candidate.roleArn();
        Optional<Refused> given = candidate.given().flatMap(Given::refused);
        if (given.isPresent()) {
            return given;
        }
        Optional<Refused> longName = longName(candidate);
        if (longName.isPresent()) {
            return longName;
        }
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
            return refused(
                    "IAM has no role " + arn.get().name(),
                    candidate.given().isPresent()
                            ? "correct spec.role, or create the role again"
                            : "remove the annotation, or create the role again");
        }
        if (!role.get().role().arn().equals(annotation)) {
            return refused(
                    "the ARN of the role is " + role.get().role().arn() + ", and "
                            + (candidate.given().isPresent() ? "that of spec.role" : "the annotation")
                            + " differs from it",
                    "correct the " + (candidate.given().isPresent() ? "manifest" : "annotation"));
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

    /** The API server would reject the resource, which has the name of the ServiceAccount. */
    private static Optional<Refused> longName(ImportCandidate candidate) {
        return candidate.account().name().length() <= MAX_NAME
                ? Optional.empty()
                : refused(
                        "the name of the ServiceAccount has more than " + MAX_NAME
                                + " characters, which an IamServiceAccount cannot have",
                        "write the resource by hand under a shorter name" + Page.ADOPTION.reference());
    }

    private static Optional<Refused> refused(String why, String instead) {
        return Optional.of(new Refused(why, instead));
    }
}
