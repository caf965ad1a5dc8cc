package dev.irsa.reconcile.status;

import static dev.irsa.fixtures.reconcile.Examples.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.fixtures.reconcile.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventFactoryTest {
    private static final Change CREATE = new RoleChange.CreateRole(Examples.role());
    private static final Change ATTACH = new RoleChange.AttachRolePolicy("r", "arn:p");
    private static final Change DETACH = new RoleChange.DetachRolePolicy("r", "arn:p");
    private static final Change UNTAG = new RoleChange.UntagRole("r", Set.of("k"));
    private static final Change DELETE = new RoleChange.DeleteRole("r");
    private static final Change POINT = new ServiceAccountChange.CreateServiceAccount("a", new TreeMap<>());
    private static final Change ANNOTATE =
            new ServiceAccountChange.AnnotateServiceAccount("a", "uid", false, new TreeMap<>(), Set.of());
    private static final Change RELEASE =
            new ServiceAccountChange.ReleaseServiceAccount("a", "uid", true, Set.of("k"), Optional.empty());

    private static final ReconcileResult READY = new ReconcileResult.Ready(Optional.empty());
    private static final ReconcileResult GONE = new ReconcileResult.Gone("");
    private static final Failure CONFLICT = new Failure.RoleConflict("r", "is not ours");

    @Test
    void whereNothingWasDoneNothingIsTold() {
        assertThat(notices(Examples.resource(), READY)).isEmpty();
    }

    @Test
    void oneNoticeListsAllThatWasDone() {
        assertThat(notices(Examples.resource(), READY, CREATE, ATTACH, POINT))
                .containsExactly(new EventMessage(
                        false,
                        "RoleCreated",
                        "created role " + Examples.ARN
                                + "; attached policy arn:p to role r; created ServiceAccount a with {}"));
    }

    @Test
    void aPolicyThatCutsTheRoleOffIsToldWhenItIsNew() {
        Progress progress = new Progress();
        progress.leftInPlace(Set.of("AWSRevokeOlderSessions"));
        String remark = "left in place, as they only deny: AWSRevokeOlderSessions";

        assertThat(EventFactory.of(Examples.told(condition("Ready", "True", 2, "Ready", "m")), READY, progress))
                .containsExactly(new EventMessage(true, "DenyPolicyFound", remark));
        assertThat(EventFactory.of(
                        Examples.told(condition("Ready", "True", 2, "Ready", "m; " + remark)), READY, progress))
                .isEmpty();
        assertThat(EventFactory.of(
                        Examples.resource(),
                        new ReconcileResult.Failed(CONFLICT, Optional.of(Duration.ofSeconds(1))),
                        progress))
                .isEmpty();
    }

    @Test
    void theReasonIsTheMostTelling() {
        assertThat(reason(Examples.resource(), POINT)).isEqualTo("ServiceAccountCreated");
        assertThat(reason(Examples.resource(), ANNOTATE)).isEqualTo("ServiceAccountAnnotated");
        assertThat(reason(Examples.resource(), ATTACH)).isEqualTo("PolicyAttached");
        assertThat(reason(Examples.resource(), DETACH, POINT)).isEqualTo("RoleUpdated");
    }

    @Test
    void repairOfWhatWasReadyWithThisSpecIsDrift() {
        assertThat(reason(Examples.told(condition("Ready", "True", 2, "Ready", "m")), ATTACH))
                .isEqualTo("DriftRepaired");
        assertThat(reason(Examples.told(condition("Ready", "True", 1, "Ready", "m")), ATTACH))
                .isEqualTo("PolicyAttached");
        assertThat(reason(Examples.told(condition("Ready", "False", 2, "Throttled", "m")), ATTACH))
                .isEqualTo("PolicyAttached");
        assertThat(reason(Examples.told(condition("Ready", "True", 2, "Ready", "m")), CREATE, ATTACH))
                .isEqualTo("DriftRepaired");
        assertThat(reason(Examples.told(condition("Ready", "True", 1, "Ready", "m")), CREATE, ATTACH))
                .isEqualTo("RoleCreated");
    }

    @Test
    void podsThatRunAlreadyAreThoughtOf() {
        assertThat(notices(Examples.resource(), READY, ANNOTATE).getFirst().note())
                .endsWith("; pods that run already need a restart:"
                        + " kubectl rollout restart deployment/NAME --namespace payments");
        assertThat(notices(Examples.resource(), READY, POINT).getFirst().note()).doesNotContain("restart");
    }

    @Test
    void aDeletionTellsWhatBecameOfTheRole() {
        assertThat(reason(going(), GONE, RELEASE, DETACH, DELETE)).isEqualTo("RoleDeleted");
        assertThat(reason(going(), GONE, RELEASE, UNTAG)).isEqualTo("RoleRetained");
        assertThat(reason(going(), GONE, RELEASE)).isEqualTo("ServiceAccountReleased");
    }

    @Test
    void aDeletionThatIsHeldUpIsNoRepair() {
        ReconcileResult blocked = new ReconcileResult.Failed(new Failure.DeletionBlocked("m"), Optional.empty());

        assertThat(notices(going(), blocked, RELEASE))
                .containsExactly(
                        new EventMessage(false, "ServiceAccountReleased", "removed [k] from ServiceAccount a"),
                        new EventMessage(true, "DeletionBlocked", "m"));
        assertThat(reason(going(), blocked, RELEASE, DETACH)).isEqualTo("RoleUpdated");
    }

    @Test
    void whatADeletionLeftOrTookWithItIsAWarning() {
        assertThat(notices(going(), new ReconcileResult.Gone("left\nalone")))
                .containsExactly(new EventMessage(true, "RoleLeftovers", "left alone"));
        assertThat(notices(going(), GONE)).isEmpty();
    }

    @Test
    void aNewFailureIsAWarningAndARetryIsNot() {
        var known = Examples.told(condition("Ready", "False", 2, "RoleConflict", "role r is not ours"));
        var otherReason = Examples.told(condition("Ready", "False", 2, "Throttled", "role r is not ours"));
        var otherWords = Examples.told(condition("Ready", "False", 2, "RoleConflict", "role q is not ours"));
        EventMessage warning = new EventMessage(true, "RoleConflict", "role r is not ours");

        assertThat(notices(Examples.resource(), failed(CONFLICT))).containsExactly(warning);
        assertThat(notices(otherReason, failed(CONFLICT))).containsExactly(warning);
        assertThat(notices(otherWords, failed(CONFLICT))).containsExactly(warning);
        assertThat(notices(known, failed(CONFLICT))).isEmpty();
    }

    @Test
    void waitingForIamIsNoNews() {
        assertThat(notices(Examples.resource(), failed(new Failure.Passing(Reason.Reconciling, "m"))))
                .isEmpty();
    }

    @Test
    void whatWasDoneBeforeAFailureIsToldToo() {
        assertThat(notices(Examples.named("a", "2026-01-01T00:00:00Z"), failed(CONFLICT), CREATE))
                .extracting(EventMessage::reason)
                .containsExactly("RoleCreated", "RoleConflict");
    }

    private static ReconcileResult failed(Failure failure) {
        return new ReconcileResult.Failed(failure, Optional.empty());
    }

    /** Ready before, and now being deleted. */
    private static IamServiceAccount going() {
        IamServiceAccount resource = Examples.told(condition("Ready", "True", 2, "Ready", "m"));
        resource.getMetadata().setDeletionTimestamp("2026-11-25T13:00:00Z");
        return resource;
    }

    private static String reason(IamServiceAccount resource, Change... changes) {
        return reason(resource, READY, changes);
    }

    private static String reason(IamServiceAccount resource, ReconcileResult verdict, Change... changes) {
        return notices(resource, verdict, changes).getFirst().reason();
    }

    private static List<EventMessage> notices(IamServiceAccount resource, ReconcileResult verdict, Change... changes) {
        Progress progress = new Progress();
        List.of(changes).forEach(progress::done);
        return EventFactory.of(resource, verdict, progress);
    }
}
