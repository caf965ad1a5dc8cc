package dev.irsa.kubectl.explain;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.BoundaryChecks;
import dev.irsa.kubectl.diagnosis.Cause;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.Result;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.doctor.Check;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.doctor.EvidenceCollector;
import dev.irsa.kubectl.explain.Explanation.Role;
import dev.irsa.kubectl.plan.PlanAction;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ManagedPolicyReads;
import dev.irsa.port.OperatorSettings;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.ExistingRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Explains one resource: the resource, the entitlement, and the role; then the links that a diagnosis checks.
 *
 * @param settings of the operator for the account of the role, or why they are not known
 * @param policies returns how to read the managed policies of that account
 */
public record Explainer(
        Evidence<OperatorSettings> settings,
        EntitlementSource entitlements,
        Function<OperatorSettings, Evidence<ManagedPolicyReads>> policies) {
    /**
     * Explains the resource.
     *
     * @param planned what the operator would still do, or why that is not known
     * @param diagnosis of its ServiceAccount
     */
    public Explanation explain(IamServiceAccount resource, Evidence<PlannedResource> planned, DoctorReport diagnosis) {
        Evidence<Desired.Accepted> plain = settings.then(known -> desired(resource, known.identity()));
        Evidence<EntitlementDecision> decision =
                settings.then(known -> plain.then(wanted -> decide(resource, known, wanted)));
        Optional<Desired.Accepted> desired = settings.then(
                        known -> plain.then(wanted -> Evidence.of(rendered(resource, wanted, known))))
                .known();
        Role role = role(resource, desired, decision);
        List<Check> links = new ArrayList<>();
        links.add(ReadyLink.of(resource));
        links.add(allowed(decision));
        links.add(required(resource));
        boundaryExists(role.boundary()).ifPresent(links::add);
        links.add(upToDate(planned));
        // A diagnosis would repeat these.
        List<String> covered = Stream.concat(
                        Stream.of(Cause.ResourceNotReady.name()), links.stream().map(Check::cause))
                .toList();
        diagnosis.checks().stream()
                .filter(check -> !covered.contains(check.cause()))
                .forEach(links::add);
        return new Explanation(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                role,
                links,
                diagnosis.notes());
    }

    private static Evidence<Desired.Accepted> desired(IamServiceAccount resource, ClusterIdentity identity) {
        Desired desired = Desired.of(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName(), resource.getSpec(), identity);
        return desired instanceof Desired.Accepted accepted
                ? Evidence.of(accepted)
                : Evidence.unreadable("the spec is not valid");
    }

    private Evidence<EntitlementDecision> decide(
            IamServiceAccount resource, OperatorSettings known, Desired.Accepted desired) {
        return EvidenceCollector.read(() -> switch (desired) {
            case Desired.Valid valid -> authorizer(known).decide(resource, valid.role(), known.identity());
            case Desired.External external -> authorizer(known).decide(resource, external, known.identity());
        });
    }

    private EntitlementAuthorizer authorizer(OperatorSettings known) {
        return new EntitlementAuthorizer(
                known.identity().account().name(),
                entitlements,
                known.audiences(),
                () -> {},
                requeued -> {},
                ExistingRoles.assumed());
    }

    /** Returns the role with the policies of its templates. Why they cannot be rendered is in the status of the resource. */
    private Desired.Accepted rendered(IamServiceAccount resource, Desired.Accepted wanted, OperatorSettings known) {
        return wanted instanceof Desired.Valid valid
                ? EvidenceCollector.read(() -> authorizer(known).render(resource, valid.role(), known.identity()))
                        .known()
                        .<Desired.Accepted>map(valid::withRole)
                        .orElse(wanted)
                : wanted;
    }

    private static Role role(
            IamServiceAccount resource, Optional<Desired.Accepted> desired, Evidence<EntitlementDecision> decision) {
        // Nothing is required of a role of others.
        Optional<DesiredRole> managed = desired.flatMap(
                        known -> known instanceof Desired.Valid valid ? Optional.of(valid.role()) : Optional.empty())
                .map(role -> decision.known().orElse(null) instanceof EntitlementDecision.Allowed(var requirements)
                        ? role.requiring(requirements)
                        : role);
        return new Role(
                RoleInOtherAccount.of(resource)
                        .flatMap(RoleInOtherAccount::arn)
                        .or(() -> desired.map(Desired.Accepted::roleArn))
                        .orElse(""),
                resource.getSpec().accountName(),
                managed.flatMap(DesiredRole::boundary).orElse(""),
                managed.map(role -> List.copyOf(role.managed())).orElse(List.of()),
                managed.map(role -> List.copyOf(role.inline().keySet())).orElse(List.of()),
                managed.map(Explainer::templatePolicies).orElse(Map.of()),
                Desired.serviceAccountNames(resource.getMetadata().getName(), resource.getSpec()),
                resource.getSpec().delivery().stream().map(Enum::name).toList());
    }

    private static Map<String, String> templatePolicies(DesiredRole role) {
        return role.templates().inline().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, policy -> policy.getValue().text()));
    }

    private static Check allowed(Evidence<EntitlementDecision> decision) {
        return Check.of("NotEntitled", "An entitlement allows it", decision.check(known -> switch (known) {
            case EntitlementDecision.Allowed allowed -> Result.ok("IamEntitlement " + allowed.by());
            case EntitlementDecision.Denied(String why, String remedy) -> Result.failed(PlainText.of(why), remedy);
        }));
    }

    /** Returns what the operator cannot add to the role, for a reason that the resource reports as not Ready. */
    private static Check required(IamServiceAccount resource) {
        String title = "Role has what entitlements require";
        if (resource.getStatus() == null) {
            return Check.of(
                    "RequirementMissing", title, Result.notChecked("the operator has not observed the resource"));
        }
        List<String> missing = resource.getStatus().missingRequirements();
        if (missing.isEmpty()) {
            return Check.of(
                    "RequirementMissing",
                    title,
                    resource.getStatus().roleARN() == null
                            ? Result.notChecked("the resource has no role")
                            : Result.ok("nothing is missing"));
        }
        return Check.of(
                "RequirementMissing",
                title,
                Result.warning(
                        PlainText.of(String.join("; ", missing)),
                        "resolve what the condition Ready reports; the operator then adds what is missing"));
    }

    /** Returns whether the boundary exists that the role is to have; empty if it needs none. */
    private Optional<Check> boundaryExists(String arn) {
        if (arn.isEmpty()) {
            return Optional.empty();
        }
        Evidence<Boolean> exists = settings.then(policies)
                .then(reads -> EvidenceCollector.read(() -> reads.document(arn).isPresent()));
        return Optional.of(Check.of(
                Cause.BoundaryMissing.name(),
                Cause.BoundaryMissing.title(),
                exists.check(found -> BoundaryChecks.exists(arn, found))));
    }

    private static Check upToDate(Evidence<PlannedResource> planned) {
        return Check.of("PendingChanges", "Role and ServiceAccount are up to date", planned.check(plan -> {
            if (plan.action() == PlanAction.none) {
                return Result.ok("nothing to change");
            }
            return plan.changes().isEmpty()
                    ? Result.notChecked(PlainText.of(plan.message()))
                    : Result.warning(
                            plan.changes().size() + " changes to make, the first: "
                                    + PlainText.of(plan.changes().getFirst().describe()),
                            "see all of them: kubectl irsa plan -n " + plan.namespace());
        }));
    }
}
