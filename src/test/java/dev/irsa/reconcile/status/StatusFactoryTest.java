package dev.irsa.reconcile.status;

import static dev.irsa.fixtures.reconcile.Examples.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {
    private static final String NOW = "2026-11-25T12:00:07Z";
    private static final String BEFORE = "2026-01-01T00:00:00Z";
    private static final Failure CONFLICT = Failure.roleConflict("r", "is not ours");
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "slow down");

    private final StatusFactory statuses =
            new StatusFactory(InstantSource.fixed(Instant.parse("2026-11-25T12:00:07.123456Z")), Documentation.HOME);
    private List<String> pending = List.of();
    private List<String> remarks = List.of();
    private Optional<RoleState> role = Optional.empty();
    private final TreeMap<String, String> denies = new TreeMap<>();

    @Test
    void readyNamesRoleAndServiceAccount() {
        role = Optional.of(ChangeEffect.created(Examples.role(), "AROA1"));

        assertThat(ready(Examples.resource()))
                .isEqualTo(Statuses.of(
                        2,
                        Examples.ROLE_STATUS,
                        null,
                        List.of(),
                        List.of(new Condition(
                                "Ready",
                                "True",
                                2,
                                NOW,
                                "Ready",
                                "role is up to date; ServiceAccount invoices is annotated"))));
    }

    @Test
    void readyWithoutServiceAccountSaysWhoManagesIt() {
        var status = of(Examples.withConditions(), new Ending.Ready(List.of()));

        assertThat(status.conditions().getFirst().message())
                .isEqualTo(
                        "role is up to date; the operator does not annotate the ServiceAccount, because its management in spec.serviceAccounts is Ignore");
    }

    @Test
    void readyNamesTheWayToCredentials() {
        var association = new AssociationStatus("invoices", "a-1", "arn:aws:eks:a-1");
        var alone = new DeliveryReport(List.of(Delivery.PodIdentity), List.of(association), List.of());
        var both = new DeliveryReport(List.of(Delivery.IRSA, Delivery.PodIdentity), List.of(association), List.of());

        assertThat(readyMessage(alone))
                .isEqualTo(
                        "role is up to date; new pods of ServiceAccount invoices get the role's credentials through EKS Pod"
                                + " Identity");
        assertThat(readyMessage(both))
                .isEqualTo("role is up to date; ServiceAccount invoices is annotated;"
                        + " new pods get the role's credentials through EKS Pod Identity");
    }

    private String readyMessage(DeliveryReport delivery) {
        var result = ReconcileResult.deferred()
                .withRole(new RoleReport(role, false, false, Drift.NONE, remarks))
                .withDelivery(delivery)
                .withEnding(new Ending.Ready(List.of("invoices")));
        return statuses.of(Examples.resource(), result, () -> Findings.UNCHANGED)
                .orElseThrow()
                .conditions()
                .getFirst()
                .message();
    }

    @Test
    void recordsTheDeniesThatTheOperatorWroteUpToALimit() {
        role = Optional.of(ChangeEffect.created(Examples.role(), "AROA1"));
        IntStream.range(0, 101).forEach(i -> denies.put("p%03d".formatted(i), "digest"));

        assertThat(Objects.requireNonNull(ready(Examples.resource()).role()).denyPolicyDigests())
                .hasSize(RoleStatus.MAX_DENY_POLICIES)
                .containsEntry("p000", "digest");
    }

    @Test
    void readyListsPoliciesLeftInPlace() {
        remarks = List.of("policies kept because they only deny: AWSRevokeOlderSessions");

        assertThat(ready(Examples.resource()).conditions().getFirst().message())
                .endsWith("; policies kept because they only deny: AWSRevokeOlderSessions");
    }

    @Test
    void transitionTimeChangesOnlyWithTheStatus() {
        var wasReady = Examples.withConditions(condition("Ready", "True", 1, "Ready", "m"));
        var wasNot = Examples.withConditions(condition("Ready", "False", 1, "Throttled", "m"));

        assertThat(ready(wasReady).conditions().getFirst().lastTransitionTime()).isEqualTo(BEFORE);
        assertThat(ready(wasNot).conditions().getFirst().lastTransitionTime()).isEqualTo(NOW);
        assertThat(failed(wasNot, CONFLICT).conditions())
                .extracting(Condition::type, Condition::lastTransitionTime)
                .containsExactly(tuple("Ready", BEFORE), tuple("Stalled", NOW));
    }

    @Test
    void repeatedFailureGivesTheSameStatus() {
        IamServiceAccount resource = Examples.resource();
        resource.setStatus(failed(resource, CONFLICT));

        assertThat(failed(resource, CONFLICT)).isEqualTo(resource.getStatus());
    }

    @Test
    void failureThatNeedsAUserIsStalled() {
        assertThat(failed(Examples.resource(), CONFLICT).conditions())
                .containsExactly(
                        new Condition("Ready", "False", 2, NOW, "RoleConflict", "role r is not ours"),
                        new Condition("Stalled", "True", 2, NOW, "RoleConflict", "role r is not ours"));
    }

    @Test
    void transientFailureIsReconciling() {
        assertThat(failed(Examples.resource(), THROTTLED).conditions())
                .containsExactly(
                        new Condition("Ready", "False", 2, NOW, "Throttled", "slow down"),
                        new Condition("Reconciling", "True", 2, NOW, "Throttled", "slow down"));
    }

    @Test
    void missingServiceAccountIsNeitherStalledNorReconciling() {
        assertThat(failed(Examples.resource(), Failure.serviceAccountMissing("a"))
                        .conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.reason()).isEqualTo("ServiceAccountMissing"));
    }

    @Test
    void failureKeepsRoleAndServiceAccount() {
        var status = failed(Examples.withConditions(), THROTTLED);

        assertThat(status.role()).isEqualTo(Examples.ROLE_STATUS);
        assertThat(status.serviceAccounts()).containsExactly(Examples.ACCOUNT_STATUS);
        assertThat(status.observedGeneration()).isEqualTo(2);
    }

    @Test
    void failureReportsARoleThatWasJustCreated() {
        role = Optional.of(ChangeEffect.created(Examples.role(), "AROA1"));

        assertThat(failed(Examples.resource(), THROTTLED).role()).isEqualTo(Examples.ROLE_STATUS);
    }

    @Test
    void suspendedListsThePlan() {
        pending = List.of("delete\nrole r", "create role s");
        var status =
                of(Examples.withConditions(), new Ending.Pending("suspended by spec.suspend", Optional.of(CONFLICT)));

        assertThat(status.pendingChanges()).containsExactly("delete role r", "create role s");
        assertThat(status.conditions())
                .containsExactly(new Condition(
                        "Ready",
                        "False",
                        2,
                        NOW,
                        "Suspended",
                        "suspended by spec.suspend; pending changes: 2; RoleConflict: role r is not ours"));
        assertThat(status.serviceAccounts()).containsExactly(Examples.ACCOUNT_STATUS);
    }

    @Test
    void suspendedWithoutChangesSaysSo() {
        remarks = List.of("policies kept because they only deny: deny");

        assertThat(of(Examples.resource(), new Ending.Pending("dry", Optional.empty()))
                        .conditions()
                        .getFirst()
                        .message())
                .isEqualTo("dry; no changes are pending; policies kept because they only deny: deny");
    }

    @Test
    void pendingChangesAreLimitedToTheSchemaMaximum() {
        pending = IntStream.range(0, 60).mapToObj(n -> "change " + n).toList();
        var status = of(Examples.resource(), new Ending.Pending("dry", Optional.empty()));

        assertThat(status.pendingChanges())
                .hasSize(IamServiceAccountStatus.MAX_PENDING_CHANGES)
                .startsWith("change 0")
                .endsWith("change 49");
        assertThat(status.conditions().getFirst().message()).isEqualTo("dry; pending changes: 60");
    }

    @Test
    void deletedAndUntouchedResourcesKeepTheirStatus() {
        assertThat(statuses.of(
                        Examples.withConditions(), ReconcileResult.of(new Ending.Gone("")), () -> Findings.UNCHANGED))
                .isEmpty();
        assertThat(statuses.of(
                        Examples.withConditions(),
                        ReconcileResult.of(new Ending.Untouched()),
                        () -> Findings.UNCHANGED))
                .isEmpty();
    }

    @Test
    void failureOfAResourceWithoutStatusHasNoRole() {
        IamServiceAccount resource = Examples.named("invoices", BEFORE);

        assertThat(failed(resource, CONFLICT).role()).isNull();
        assertThat(failed(resource, CONFLICT).serviceAccounts()).isEmpty();
    }

    private IamServiceAccountStatus ready(IamServiceAccount resource) {
        return of(resource, new Ending.Ready(List.of("invoices")));
    }

    private IamServiceAccountStatus failed(IamServiceAccount resource, Failure failure) {
        return of(resource, new Ending.Failed(failure, Optional.empty()));
    }

    private IamServiceAccountStatus of(IamServiceAccount resource, Ending ending) {
        return statuses.of(
                        resource,
                        ReconcileResult.deferred()
                                .withRole(new RoleReport(role, false, false, Drift.NONE, remarks))
                                .withPolicies(new PolicyReport(List.of(), denies, new TreeSet<>()))
                                .withPendingChanges(pending)
                                .withEnding(ending),
                        () -> Findings.UNCHANGED)
                .orElseThrow();
    }
}
