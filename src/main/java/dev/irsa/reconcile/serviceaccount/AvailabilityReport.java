package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.delivery.Availability;
import dev.irsa.core.delivery.Availability.Status;
import dev.irsa.core.delivery.AvailabilityCheck;
import dev.irsa.core.delivery.AvailabilityCheck.Account;
import dev.irsa.core.delivery.AvailabilityCheck.Association;
import dev.irsa.core.delivery.AvailabilityReason;
import dev.irsa.core.delivery.ExternalRoleCheck;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Quarantine;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.text.Page;
import dev.irsa.port.ClusterReads;
import dev.irsa.reconcile.memory.CheckedTrust;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reports whether pods can get credentials of the role of a resource, by what is known after a reconcile. It calls neither AWS nor
 * the API server.
 */
public record AvailabilityReport(ClusterReads cluster, Supplier<OidcProviderState> provider) {
    /** Returns the availability; empty if it is as before, as far as is known. */
    public Optional<Availability> of(Run run, ReconcileResult result, ClusterIdentity configured) {
        OidcProviderState observed = provider.get();
        ClusterIdentity identity = observed.spelled(configured);
        Optional<Availability> known = run.externalRole().isPresent()
                ? external(run, result, identity, observed)
                : managed(run, result, identity, observed);
        return known.map(answer -> result.ending() instanceof Ending.Failed(Failure failure, var _)
                        && failure.stalled()
                        && answer.status() == Status.True
                ? answer.butNotReady(failure.reason().name())
                : answer);
    }

    private Optional<Availability> managed(
            Run run, ReconcileResult result, ClusterIdentity identity, OidcProviderState observed) {
        String configuredArn = Desired.roleArn(
                run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity);
        String arn = run.previous().roleArn().or(run.previous()::unreportedRole).orElse(configuredArn);
        if (!arn.equals(configuredArn)) {
            return Optional.of(ofMovedRole(run, result, identity, arn));
        }
        Optional<RoleState> role = result.role()
                .state()
                .or(run.role()::lastObserved)
                .filter(known -> known.role().arn().equals(arn));
        if (role.isEmpty() && result.role().absent()) {
            return Optional.of(Availability.of(AvailabilityReason.RoleNotFound, "role " + arn + " does not exist"));
        }
        Availability answer = new AvailabilityCheck(
                        arn, role.map(known -> known.trust().admissions()), terms(run, identity), observed)
                .of(accounts(run, result, arn, identity));
        if (role.isEmpty() && answer.status() == Status.Unknown) {
            // A sweep shows only roles with the operator's tags.
            return run.role().wasObserved() || isConflict(result)
                    ? Optional.of(answer)
                    : unlessKnownBefore(answer, run);
        }
        return Optional.of(
                answer.status() == Status.True
                        ? role.flatMap(known -> quarantine(run, known, identity))
                                .orElse(answer)
                        : answer);
    }

    /** With today's settings, the role of the resource would be another one. Nothing reads the one that it has or may have. */
    private Availability ofMovedRole(Run run, ReconcileResult result, ClusterIdentity identity, String arn) {
        return new AvailabilityCheck(
                        arn, Optional.empty(), terms(run, identity), new OidcProviderState.Unreadable(Optional.empty()))
                .of(accounts(run, result, arn, identity));
    }

    private static TrustTerms terms(Run run, ClusterIdentity identity) {
        return Desired.terms(
                run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity);
    }

    private static boolean isConflict(ReconcileResult result) {
        return result.ending() instanceof Ending.Failed(Failure failure, var _)
                && failure.reason() == Reason.RoleConflict;
    }

    private static Optional<Availability> quarantine(Run run, RoleState role, ClusterIdentity identity) {
        PolicyProtection protection = run.role().policyMemory().protection(identity, run.previous());
        String policies = Quarantine.of(role.policies(), protection).policies();
        return policies.isEmpty()
                ? Optional.empty()
                : Optional.of(Availability.of(
                        AvailabilityReason.Quarantined,
                        "pods still get credentials of role " + role.role().name() + ", but responders have attached "
                                + policies + Page.INCIDENT.reference()));
    }

    private Optional<Availability> external(
            Run run, ReconcileResult result, ClusterIdentity identity, OidcProviderState observed) {
        String arn = run.externalRole().orElseThrow();
        Optional<Desired.External> desired =
                run.desired(identity) instanceof Desired.External valid ? Optional.of(valid) : Optional.empty();
        boolean foreign =
                desired.filter(valid -> !valid.role().isIn(identity.account())).isPresent();
        Availability delivered = new AvailabilityCheck(
                        arn,
                        Optional.empty(),
                        terms(run, identity),
                        foreign ? new OidcProviderState.Unreadable(Optional.empty()) : observed)
                .of(accounts(run, result, arn, identity));
        Optional<ExternalRoleCheck> checked = desired.flatMap(valid -> foreign
                ? Optional.of(ExternalRoleCheck.inOtherAccount(valid))
                : run.memory()
                        .checkedTrust()
                        .filter(known -> known.answers(valid))
                        .map(CheckedTrust::result)
                        .filter(check -> isCurrent(check, result)));
        if (delivered.status() == Status.False) {
            return Optional.of(delivered);
        }
        return checked.map(check -> external(desired.orElseThrow(), check)).or(() -> unlessKnownBefore(delivered, run));
    }

    /** A process that has not read the role yet relies on what was found out before. */
    private static Optional<Availability> unlessKnownBefore(Availability unknown, Run run) {
        boolean known = run.resource()
                .available()
                .filter(before -> Stream.of(
                                AvailabilityReason.Delivered,
                                AvailabilityReason.Quarantined,
                                AvailabilityReason.RoleNotFound,
                                AvailabilityReason.TrustMissing)
                        .anyMatch(why -> why.name().equals(before.reason())))
                .isPresent();
        return known ? Optional.empty() : Optional.of(unknown);
    }

    /** Others may have corrected what was refused. If something else fails first, the role is not read again. */
    private static boolean isCurrent(ExternalRoleCheck check, ReconcileResult result) {
        return !(check instanceof ExternalRoleCheck.Refused(Failure refused))
                || (result.ending() instanceof Ending.Failed(Failure failure, var _) && failure.equals(refused));
    }

    private static Availability external(Desired.External desired, ExternalRoleCheck check) {
        String role = desired.role().name();
        String account = desired.serviceAccount().name();
        return switch (check) {
            case ExternalRoleCheck.Admitted() ->
                Availability.of(
                        AvailabilityReason.Delivered,
                        "pods of ServiceAccount " + account + " can get credentials of role " + role);
            case ExternalRoleCheck.Unknown(String why) ->
                Availability.of(AvailabilityReason.NotChecked, "role " + role + ": " + why);
            case ExternalRoleCheck.Refused(Failure failure) ->
                failure.reason() == Reason.RoleNotFound
                        ? Availability.of(
                                AvailabilityReason.RoleNotFound, "role " + desired.roleArn() + " does not exist")
                        : Availability.of(
                                AvailabilityReason.TrustMissing,
                                "the trust policy of role " + role + " does not admit ServiceAccount " + account);
        };
    }

    private List<Account> accounts(Run run, ReconcileResult result, String roleArn, ClusterIdentity identity) {
        boolean looksForAssociations = identity.delivery()
                .effective(run.resource().getSpec().delivery())
                .contains(Delivery.PodIdentity);
        return Desired.serviceAccountNames(run.ref().name(), run.resource().getSpec()).stream()
                .map(name -> new Account(
                        name,
                        observed(run, name, result.changes()),
                        association(run, name, roleArn, looksForAssociations, result)))
                .toList();
    }

    /** Returns the ServiceAccount with these changes, which the cache may not show yet. */
    private ObservedServiceAccount observed(Run run, String name, List<Change> changes) {
        ObservedServiceAccount observed = cluster.serviceAccount(run.ref().namespace(), name);
        for (Change change : changes) {
            if (change instanceof ServiceAccountChange account && account.name().equals(name)) {
                observed = after(account, observed);
            }
        }
        return observed;
    }

    private static ObservedServiceAccount after(ServiceAccountChange change, ObservedServiceAccount before) {
        ObservedServiceAccount.Present present = before instanceof ObservedServiceAccount.Present known
                ? known
                : new ObservedServiceAccount.Present("", "", new TreeMap<>(), Set.of(), Set.of());
        TreeMap<String, String> annotations = new TreeMap<>(present.annotations());
        switch (change) {
            case ServiceAccountChange.CreateServiceAccount create -> annotations.putAll(create.annotations());
            case ServiceAccountChange.AnnotateServiceAccount annotate -> {
                annotations.keySet().removeAll(annotate.obsolete());
                annotations.putAll(annotate.annotations());
            }
            case ServiceAccountChange.ReleaseServiceAccount release ->
                annotations.keySet().removeAll(release.obsolete());
            default -> annotations.clear();
        }
        return present.withAnnotations(annotations);
    }

    /** An association of another owner does not count while the operator does not look for it. It may be deleted unnoticed. */
    private static Association association(
            Run run, String name, String roleArn, boolean looksForAssociations, ReconcileResult result) {
        return run.delivery()
                .history()
                .association(name)
                .map(known -> switch (known) {
                    case AssociationState.Ours(var ours, var _)
                    when run.delivery().isMissing(ours.id()) -> Association.UNKNOWN;
                    case AssociationState.Ours(var ours, var _) ->
                        ours.roleArn().equals(roleArn) ? Association.OURS : Association.OF_OTHERS;
                    case AssociationState.Recorded _ -> Association.OURS;
                    case AssociationState.Foreign _ -> looksForAssociations ? ofOthers(result) : Association.NONE;
                    case AssociationState.None _ -> Association.NONE;
                })
                .orElseGet(() -> run.previous().association(name).isPresent() ? Association.OURS : Association.NONE);
    }

    /** While something else prevents the reconcile, nothing reads EKS, and the owner may delete the association unnoticed. */
    private static Association ofOthers(ReconcileResult result) {
        boolean prevented = result.ending() instanceof Ending.Failed(Failure failure, var _)
                && failure.stalled()
                && failure.reason() != Reason.AssociationConflict;
        return prevented ? Association.UNKNOWN : Association.OF_OTHERS;
    }
}
