package dev.irsa.reconcile;

import static dev.irsa.reconcile.Examples.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.failure.Failure;
import dev.irsa.failure.Reason;
import dev.irsa.plan.Change;
import dev.irsa.plan.RoleChange;
import dev.irsa.plan.ServiceAccountChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NoticesTest {
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

    private static final Verdict READY = new Verdict.Ready(Optional.empty());
    private static final Verdict GONE = new Verdict.Gone("");
    private static final Failure CONFLICT = new Failure.RoleConflict("r", "is not ours");

    @Test
    void whereNothingWasDoneNothingIsTold() {
        assertThat(notices(Examples.resource(), READY)).isEmpty();
    }

    @Test
    void oneNoticeListsAllThatWasDone() {
        assertThat(notices(Examples.resource(), READY, CREATE, ATTACH, POINT))
                .containsExactly(new Notice(
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

        assertThat(Notices.of(Examples.told(condition("Ready", "True", 2, "Ready", "m")), READY, progress))
                .containsExactly(new Notice(true, "DenyPolicyFound", remark));
        assertThat(Notices.of(Examples.told(condition("Ready", "True", 2, "Ready", "m; " + remark)), READY, progress))
                .isEmpty();
        assertThat(Notices.of(
                        Examples.resource(),
                        new Verdict.Failed(CONFLICT, Optional.of(Duration.ofSeconds(1))),
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
        Verdict blocked = new Verdict.Failed(new Failure.DeletionBlocked("m"), Optional.empty());

        assertThat(notices(going(), blocked, RELEASE))
                .containsExactly(
                        new Notice(false, "ServiceAccountReleased", "removed [k] from ServiceAccount a"),
                        new Notice(true, "DeletionBlocked", "m"));
        assertThat(reason(going(), blocked, RELEASE, DETACH)).isEqualTo("RoleUpdated");
    }

    @Test
    void whatADeletionLeftOrTookWithItIsAWarning() {
        assertThat(notices(going(), new Verdict.Gone("left\nalone")))
                .containsExactly(new Notice(true, "RoleLeftovers", "left alone"));
        assertThat(notices(going(), GONE)).isEmpty();
    }

    @Test
    void aNewFailureIsAWarningAndARetryIsNot() {
        var known = Examples.told(condition("Ready", "False", 2, "RoleConflict", "role r is not ours"));
        var otherReason = Examples.told(condition("Ready", "False", 2, "Throttled", "role r is not ours"));
        var otherWords = Examples.told(condition("Ready", "False", 2, "RoleConflict", "role q is not ours"));
        Notice warning = new Notice(true, "RoleConflict", "role r is not ours");

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
                .extracting(Notice::reason)
                .containsExactly("RoleCreated", "RoleConflict");
    }

    private static Verdict failed(Failure failure) {
        return new Verdict.Failed(failure, Optional.empty());
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

    private static String reason(IamServiceAccount resource, Verdict verdict, Change... changes) {
        return notices(resource, verdict, changes).getFirst().reason();
    }

    private static List<Notice> notices(IamServiceAccount resource, Verdict verdict, Change... changes) {
        Progress progress = new Progress();
        List.of(changes).forEach(progress::done);
        return Notices.of(resource, verdict, progress);
    }
}
