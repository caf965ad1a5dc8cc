package dev.irsa.reconcile.status;

import static dev.irsa.fixtures.reconcile.Examples.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.Page;
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
            new ServiceAccountChange.AnnotateServiceAccount("a", "uid", "1", false, new TreeMap<>(), Set.of());
    private static final Change RELEASE =
            new ServiceAccountChange.ReleaseServiceAccount("a", "uid", "1", true, Set.of("k"), Optional.empty());

    private static final EventFactory EVENTS = new EventFactory(Documentation.HOME);
    private static final Ending READY = new Ending.Ready(List.of());
    private static final Ending DELETED = new Ending.Gone("");
    private static final Failure CONFLICT = Failure.roleConflict("r", "is not ours");

    @Test
    void recordsNothingWithoutChanges() {
        assertThat(events(Examples.resource(), READY)).isEmpty();
    }

    @Test
    void oneEventListsAllChanges() {
        assertThat(events(Examples.resource(), READY, CREATE, ATTACH, POINT))
                .containsExactly(new EventMessage(
                        false,
                        "RoleCreated",
                        "created role " + Examples.ARN
                                + "; attached policy arn:p to role r; created ServiceAccount a"));
    }

    @Test
    void reportsADenyPolicyOnce() {
        String remark = "policies kept because they only deny: AWSRevokeOlderSessions";
        ReconcileResult ready = ReconcileResult.deferred()
                .withRole(new RoleReport(Optional.empty(), false, false, Drift.POSSIBLE, List.of(remark)))
                .withEnding(READY);

        assertThat(EVENTS.of(Examples.withConditions(condition("Ready", "True", 2, "Ready", "m")), ready))
                .containsExactly(new EventMessage(true, "DenyPolicyFound", remark));
        assertThat(EVENTS.of(Examples.withConditions(condition("Ready", "True", 2, "Ready", "m; " + remark)), ready))
                .isEmpty();
        assertThat(EVENTS.of(
                        Examples.resource(),
                        ready.withEnding(new Ending.Failed(CONFLICT, Optional.of(Duration.ofSeconds(1))))))
                .isEmpty();
    }

    @Test
    void reasonDescribesTheMostImportantChange() {
        assertThat(reason(Examples.resource(), POINT)).isEqualTo("ServiceAccountCreated");
        assertThat(reason(Examples.resource(), ANNOTATE)).isEqualTo("ServiceAccountAnnotated");
        assertThat(reason(Examples.resource(), ATTACH)).isEqualTo("PolicyAttached");
        assertThat(reason(Examples.resource(), DETACH, POINT)).isEqualTo("RoleUpdated");
    }

    @Test
    void repairOfAnUpToDateResourceIsDrift() {
        assertThat(reason(Examples.withConditions(condition("Ready", "True", 2, "Ready", "m")), ATTACH))
                .isEqualTo("DriftRepaired");
        assertThat(reason(Examples.withConditions(condition("Ready", "True", 1, "Ready", "m")), ATTACH))
                .isEqualTo("PolicyAttached");
        assertThat(reason(Examples.withConditions(condition("Ready", "False", 2, "Throttled", "m")), ATTACH))
                .isEqualTo("PolicyAttached");
        assertThat(reason(Examples.withConditions(condition("Ready", "True", 2, "Ready", "m")), CREATE, ATTACH))
                .isEqualTo("DriftRepaired");
        assertThat(reason(Examples.withConditions(condition("Ready", "True", 1, "Ready", "m")), CREATE, ATTACH))
                .isEqualTo("RoleCreated");
    }

    /** Such as a permissions boundary that the entitlement requires now. */
    @Test
    void changeOfWhatIsWantedIsNotDrift() {
        IamServiceAccount ready = Examples.withConditions(condition("Ready", "True", 2, "Ready", "m"));

        assertThat(reasonWith(Drift.NONE, ready, ATTACH)).isEqualTo("PolicyAttached");
        assertThat(reasonWith(Drift.FOUND, ready, ATTACH)).isEqualTo("DriftRepaired");
        assertThat(reasonWith(Drift.POSSIBLE, ready, ATTACH)).isEqualTo("DriftRepaired");
        assertThat(reasonWith(Drift.NONE, ready, POINT)).isEqualTo("DriftRepaired");
        assertThat(reasonWith(Drift.NONE, ready, ATTACH, POINT)).isEqualTo("DriftRepaired");
    }

    private static String reasonWith(Drift drift, IamServiceAccount resource, Change... changes) {
        ReconcileResult result = ReconcileResult.of(READY)
                .withRole(new RoleReport(Optional.empty(), false, false, drift, List.of()))
                .precededBy(List.of(changes));
        return EVENTS.of(resource, result).getFirst().reason();
    }

    @Test
    void annotatingAnExistingServiceAccountAsksForARestart() {
        assertThat(events(Examples.resource(), READY, ANNOTATE).getFirst().note())
                .endsWith("; restart running pods to pick this up:"
                        + " kubectl rollout restart deployment/NAME --namespace payments");
        assertThat(events(Examples.resource(), READY, POINT).getFirst().note()).doesNotContain("restart");
    }

    @Test
    void deletionReportsWhatHappenedToTheRole() {
        assertThat(reason(beingDeleted(), DELETED, RELEASE, DETACH, DELETE)).isEqualTo("RoleDeleted");
        assertThat(reason(beingDeleted(), DELETED, RELEASE, UNTAG)).isEqualTo("RoleRetained");
        assertThat(reason(beingDeleted(), DELETED, RELEASE)).isEqualTo("ServiceAccountReleased");
    }

    @Test
    void warnsOnceThatTheRoleIsAnotherOne() {
        IamServiceAccount ready = Examples.withConditions(condition("Ready", "True", 2, "Ready", "m"));

        assertThat(EVENTS.of(ready, withRole("AROA2")))
                .containsExactly(new EventMessage(
                        true,
                        "RoleRecreated",
                        "role " + Examples.NAME + " was deleted and created again: its ID was AROA1 and is now AROA2;"
                                + " policies that name the role as a Principal still refer to the deleted role and do"
                                + " not admit the new one; save those policies again, or match aws:PrincipalArn in a"
                                + " condition" + Page.RECREATED_ROLE.reference()));
        assertThat(EVENTS.of(ready, withRole("AROA1"))).isEmpty();
        assertThat(EVENTS.of(Examples.resource(), withRole("AROA2"))).isEmpty();
        assertThat(EVENTS.of(beingDeleted(), withRole("AROA2"))).isEmpty();
    }

    /** What is published is compared as it was published. */
    @Test
    void repeatsNoFailureThatRefersToTheDocumentationOfAFork() {
        EventFactory events = new EventFactory(new Documentation("https://wiki.example.com/"));
        ReconcileResult denied =
                ReconcileResult.failed(Failure.of(Reason.AccessDenied, "denied" + Page.PERMISSIONS.reference()));
        String published = "denied; see https://wiki.example.com/permissions.md";

        assertThat(events.of(Examples.resource(), denied))
                .containsExactly(new EventMessage(true, "AccessDenied", published));
        assertThat(events.of(
                        Examples.withConditions(condition("Ready", "False", 2, "AccessDenied", published)), denied))
                .isEmpty();
    }

    @Test
    void reportsARecreatedRoleAlthoughTheRestFailed() {
        IamServiceAccount ready = Examples.withConditions(condition("Ready", "True", 2, "Ready", "m"));

        assertThat(EVENTS.of(
                        ready, withRole("AROA2").precededBy(List.of(CREATE)).failing(CONFLICT)))
                .extracting(EventMessage::reason)
                .containsExactly("DriftRepaired", "RoleRecreated", "RoleConflict");
    }

    private static ReconcileResult withRole(String id) {
        return ReconcileResult.of(READY)
                .withRole(new RoleReport(
                        Optional.of(ChangeEffect.created(Examples.role(), id)),
                        false,
                        false,
                        Drift.POSSIBLE,
                        List.of()));
    }

    @Test
    void blockedDeletionIsNotDrift() {
        Ending blocked = new Ending.Failed(new Failure.DeletionBlocked("m"), Optional.empty());

        assertThat(events(beingDeleted(), blocked, RELEASE))
                .containsExactly(
                        new EventMessage(false, "ServiceAccountReleased", "removed [k] from ServiceAccount a"),
                        new EventMessage(true, "DeletionBlocked", "m"));
        assertThat(reason(beingDeleted(), blocked, RELEASE, DETACH)).isEqualTo("RoleUpdated");
    }

    @Test
    void leftoversOfADeletionAreAWarning() {
        assertThat(events(beingDeleted(), new Ending.Gone("left\nalone")))
                .containsExactly(new EventMessage(true, "RoleLeftovers", "left alone"));
        assertThat(events(beingDeleted(), DELETED)).isEmpty();
    }

    @Test
    void warnsAboutANewFailureOnce() {
        var known = Examples.withConditions(condition("Ready", "False", 2, "RoleConflict", "role r is not ours"));
        var otherReason = Examples.withConditions(condition("Ready", "False", 2, "Throttled", "role r is not ours"));
        var otherMessage =
                Examples.withConditions(condition("Ready", "False", 2, "RoleConflict", "role q is not ours"));
        EventMessage warning = new EventMessage(true, "RoleConflict", "role r is not ours");

        assertThat(events(Examples.resource(), failed(CONFLICT))).containsExactly(warning);
        assertThat(events(otherReason, failed(CONFLICT))).containsExactly(warning);
        assertThat(events(otherMessage, failed(CONFLICT))).containsExactly(warning);
        assertThat(events(known, failed(CONFLICT))).isEmpty();
    }

    @Test
    void waitingForIamIsNotReported() {
        assertThat(events(Examples.resource(), failed(new Failure.Passing(Reason.Reconciling, "m"))))
                .isEmpty();
    }

    @Test
    void reportsChangesMadeBeforeAFailure() {
        assertThat(events(Examples.named("a", "2026-01-01T00:00:00Z"), failed(CONFLICT), CREATE))
                .extracting(EventMessage::reason)
                .containsExactly("RoleCreated", "RoleConflict");
    }

    private static Ending failed(Failure failure) {
        return new Ending.Failed(failure, Optional.empty());
    }

    /** Ready before, and now being deleted. */
    private static IamServiceAccount beingDeleted() {
        IamServiceAccount resource = Examples.withConditions(condition("Ready", "True", 2, "Ready", "m"));
        resource.getMetadata().setDeletionTimestamp("2026-11-25T13:00:00Z");
        return resource;
    }

    private static String reason(IamServiceAccount resource, Change... changes) {
        return reason(resource, READY, changes);
    }

    private static String reason(IamServiceAccount resource, Ending ending, Change... changes) {
        return events(resource, ending, changes).getFirst().reason();
    }

    private static List<EventMessage> events(IamServiceAccount resource, Ending ending, Change... changes) {
        return EVENTS.of(resource, ReconcileResult.of(ending).precededBy(List.of(changes)));
    }
}
