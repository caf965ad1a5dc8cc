package dev.irsa.reconcile.status;

import static dev.irsa.fixtures.reconcile.Examples.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.fixtures.reconcile.Examples;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {
    private static final String NOW = "2026-11-25T12:00:07Z";
    private static final String BEFORE = "2026-01-01T00:00:00Z";
    private static final Failure CONFLICT = new Failure.RoleConflict("r", "is not ours");
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "slow down");

    private final StatusFactory statuses =
            new StatusFactory(InstantSource.fixed(Instant.parse("2026-11-25T12:00:07.123456Z")));
    private final Progress progress = new Progress();

    @Test
    void readySaysWhatIsAsItShouldBe() {
        progress.role(Optional.of(ChangeEffect.created(Examples.role(), "AROA1")));

        assertThat(ready(Examples.resource()))
                .isEqualTo(new IamServiceAccountStatus(
                        2,
                        Examples.ROLE_STATUS,
                        Examples.ACCOUNT_STATUS,
                        List.of(),
                        List.of(new Condition(
                                "Ready",
                                "True",
                                2,
                                NOW,
                                "Ready",
                                "the role is as specified and ServiceAccount invoices points at it"))));
    }

    @Test
    void readyWithoutAServiceAccountSaysWhoseTurnItIs() {
        var status = of(Examples.told(), new ReconcileResult.Ready(Optional.empty()));

        assertThat(status.serviceAccount()).isNull();
        assertThat(status.conditions().getFirst().message())
                .isEqualTo("the role is as specified; the ServiceAccount is yours to annotate");
    }

    @Test
    void readyNamesWhatWasLeftInPlace() {
        progress.leftInPlace(Set.of("AWSRevokeOlderSessions"));

        assertThat(ready(Examples.resource()).conditions().getFirst().message())
                .endsWith("; left in place, as they only deny: AWSRevokeOlderSessions");
    }

    @Test
    void theTimeMovesOnlyWithTheStatus() {
        var wasReady = Examples.told(condition("Ready", "True", 1, "Ready", "m"));
        var wasNot = Examples.told(condition("Ready", "False", 1, "Throttled", "m"));

        assertThat(ready(wasReady).conditions().getFirst().lastTransitionTime()).isEqualTo(BEFORE);
        assertThat(ready(wasNot).conditions().getFirst().lastTransitionTime()).isEqualTo(NOW);
        assertThat(failed(wasNot, CONFLICT).conditions())
                .extracting(Condition::type, Condition::lastTransitionTime)
                .containsExactly(tuple("Ready", BEFORE), tuple("Stalled", NOW));
    }

    @Test
    void whatRepeatsIsTheSameStatus() {
        IamServiceAccount resource = Examples.resource();
        resource.setStatus(failed(resource, CONFLICT));

        assertThat(failed(resource, CONFLICT)).isEqualTo(resource.getStatus());
    }

    @Test
    void whatOnlyAPersonCanMendIsStalled() {
        assertThat(failed(Examples.resource(), CONFLICT).conditions())
                .containsExactly(
                        new Condition("Ready", "False", 2, NOW, "RoleConflict", "role r is not ours"),
                        new Condition("Stalled", "True", 2, NOW, "RoleConflict", "role r is not ours"));
    }

    @Test
    void whatPassesIsReconciling() {
        assertThat(failed(Examples.resource(), THROTTLED).conditions())
                .containsExactly(
                        new Condition("Ready", "False", 2, NOW, "Throttled", "slow down"),
                        new Condition("Reconciling", "True", 2, NOW, "Throttled", "slow down"));
    }

    @Test
    void whatWaitsForTheClusterIsNeither() {
        assertThat(failed(Examples.resource(), new Failure.ServiceAccountMissing("a"))
                        .conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.reason()).isEqualTo("ServiceAccountMissing"));
    }

    @Test
    void aFailureForgetsNeitherTheRoleNorTheServiceAccount() {
        var status = failed(Examples.told(), THROTTLED);

        assertThat(status.role()).isEqualTo(Examples.ROLE_STATUS);
        assertThat(status.serviceAccount()).isEqualTo(Examples.ACCOUNT_STATUS);
        assertThat(status.observedGeneration()).isEqualTo(2);
    }

    @Test
    void aFailureTellsOfARoleThatWasMadeOnTheWay() {
        progress.role(Optional.of(ChangeEffect.created(Examples.role(), "AROA1")));

        assertThat(failed(Examples.resource(), THROTTLED).role()).isEqualTo(Examples.ROLE_STATUS);
    }

    @Test
    void suspendedShowsThePlan() {
        progress.pending(List.of("delete\nrole r", "create role s"));
        var status =
                of(Examples.told(), new ReconcileResult.Pending("suspended by spec.suspend", Optional.of(CONFLICT)));

        assertThat(status.pendingChanges()).containsExactly("delete role r", "create role s");
        assertThat(status.conditions())
                .containsExactly(new Condition(
                        "Ready",
                        "False",
                        2,
                        NOW,
                        "Suspended",
                        "suspended by spec.suspend; pending changes: 2; RoleConflict: role r is not ours"));
        assertThat(status.serviceAccount()).isEqualTo(Examples.ACCOUNT_STATUS);
    }

    @Test
    void suspendedWithNothingToDoSaysSo() {
        progress.leftInPlace(Set.of("deny"));

        assertThat(of(Examples.resource(), new ReconcileResult.Pending("dry", Optional.empty()))
                        .conditions()
                        .getFirst()
                        .message())
                .isEqualTo("dry; nothing is to be changed; left in place, as they only deny: deny");
    }

    @Test
    void noMorePendingChangesAreToldThanTheSchemaTakes() {
        progress.pending(IntStream.range(0, 60).mapToObj(n -> "change " + n).toList());
        var status = of(Examples.resource(), new ReconcileResult.Pending("dry", Optional.empty()));

        assertThat(status.pendingChanges())
                .hasSize(IamServiceAccountStatus.MAX_PENDING_CHANGES)
                .startsWith("change 0")
                .endsWith("change 49");
        assertThat(status.conditions().getFirst().message()).isEqualTo("dry; pending changes: 60");
    }

    @Test
    void whatIsGoneOrUntouchedIsNotWritten() {
        assertThat(statuses.of(Examples.told(), new ReconcileResult.Gone(""), progress))
                .isEmpty();
        assertThat(statuses.of(Examples.told(), new ReconcileResult.Untouched(), progress))
                .isEmpty();
    }

    @Test
    void aResourceWithoutAStatusGetsOne() {
        IamServiceAccount resource = Examples.named("invoices", BEFORE);

        assertThat(failed(resource, CONFLICT).role()).isNull();
        assertThat(failed(resource, CONFLICT).serviceAccount()).isNull();
    }

    private IamServiceAccountStatus ready(IamServiceAccount resource) {
        return of(resource, new ReconcileResult.Ready(Optional.of(Examples.ACCOUNT_STATUS)));
    }

    private IamServiceAccountStatus failed(IamServiceAccount resource, Failure failure) {
        return of(resource, new ReconcileResult.Failed(failure, Optional.empty()));
    }

    private IamServiceAccountStatus of(IamServiceAccount resource, ReconcileResult verdict) {
        return statuses.of(resource, verdict, progress).orElseThrow();
    }
}
