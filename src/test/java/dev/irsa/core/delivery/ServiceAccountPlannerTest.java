package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.DiscardServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ServiceAccountPlannerTest {
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final String EXPIRATION = "eks.amazonaws.com/token-expiration";
    private static final Set<Delivery> IRSA = EnumSet.of(Delivery.IRSA);
    private static final SortedMap<String, String> WANTED = new TreeMap<>(Map.of(ROLE_ARN, SampleRoles.ARN));
    private static final ObservedServiceAccount ABSENT = new ObservedServiceAccount.Absent();
    private static final Optional<Successor> SUCCESSOR = Optional.of(new Successor("ledger", "uid-of-ledger"));

    @Test
    void createsMissingServiceAccountOnlyIfItManagesIt() {
        assertThat(deliver(Management.CreateOrAnnotate, ABSENT))
                .isEqualTo(Plan.of(List.of(new CreateServiceAccount("invoices", WANTED))));
        assertThat(deliver(Management.Annotate, ABSENT))
                .isEqualTo(Plan.refused(Failure.serviceAccountMissing("invoices")));
        assertThat(deliver(Management.Ignore, ABSENT)).isEqualTo(Plan.NOTHING);
    }

    @Test
    void doesNotChangeServiceAccountOfUser() {
        assertThat(deliver(Management.Ignore, existing(Map.of(), Set.of(), Set.of())))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void annotatesServiceAccountWithoutAnnotations() {
        assertThat(deliver(Management.CreateOrAnnotate, existing(Map.of(), Set.of(), Set.of())))
                .isEqualTo(annotated(false, Set.of()));
        assertThat(deliver(Management.Annotate, existing(Map.of(), Set.of(), Set.of("us"))))
                .isEqualTo(annotated(true, Set.of()));
    }

    @Test
    void changesNothingIfAnnotationsAreUpToDate() {
        assertThat(deliver(Management.CreateOrAnnotate, existing(WANTED, Set.of(ROLE_ARN), Set.of())))
                .isEqualTo(Plan.NOTHING);
        assertThat(deliver(Management.CreateOrAnnotate, existing(WANTED, Set.of(), Set.of())))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void removesOwnAnnotationThatIsNoLongerWanted() {
        Map<String, String> found = Map.of(ROLE_ARN, SampleRoles.ARN, EXPIRATION, "600");

        assertThat(deliver(Management.CreateOrAnnotate, existing(found, Set.of(ROLE_ARN, EXPIRATION), Set.of())))
                .isEqualTo(annotated(false, Set.of(EXPIRATION)));
    }

    @Test
    void refusesToReplaceAnnotationOfAnotherManager() {
        ObservedServiceAccount taken = existing(Map.of(ROLE_ARN, "arn:other"), Set.of(), Set.of("another"));

        assertThat(deliver(Management.CreateOrAnnotate, taken))
                .isEqualTo(Plan.refused(Failure.of(
                        Reason.ServiceAccountConflict,
                        "ServiceAccount invoices has the annotation"
                                + " eks.amazonaws.com/role-arn=arn:other, set by another field manager; remove it where it is"
                                + " declared, such as in a chart, and then run: kubectl annotate serviceaccount invoices"
                                + " --namespace payments eks.amazonaws.com/role-arn-; or, to keep it, set its management in"
                                + " spec.serviceAccounts to Ignore")));
    }

    @Test
    void replacesOtherRoleIfOperatorSetItOrCreatedServiceAccount() {
        Map<String, String> other = Map.of(ROLE_ARN, "arn:other");

        assertThat(deliver(Management.CreateOrAnnotate, existing(other, Set.of(ROLE_ARN), Set.of())))
                .isEqualTo(annotated(false, Set.of()));
        assertThat(deliver(Management.CreateOrAnnotate, existing(other, Set.of(), Set.of("us"))))
                .isEqualTo(annotated(true, Set.of()));
    }

    @Test
    void isDeliveredOnceServiceAccountNamesRole() {
        assertThat(ServiceAccountPlanner.isDelivered(SampleRoles.ARN, existing(WANTED, Set.of(), Set.of())))
                .isTrue();
        assertThat(ServiceAccountPlanner.isDelivered("arn:other", existing(WANTED, Set.of(), Set.of())))
                .isFalse();
        assertThat(ServiceAccountPlanner.isDelivered(SampleRoles.ARN, existing(Map.of(), Set.of(), Set.of())))
                .isFalse();
        assertThat(ServiceAccountPlanner.isDelivered(SampleRoles.ARN, ABSENT)).isFalse();
    }

    @Test
    void reportsWhoAnnotatesServiceAccount() {
        assertThat(ServiceAccountPlanner.readyMessage(IRSA, List.of("invoices")))
                .isEqualTo("role is up to date; ServiceAccount invoices is annotated");
        assertThat(ServiceAccountPlanner.readyMessage(IRSA, List.of("invoices", "worker")))
                .isEqualTo("role is up to date; ServiceAccounts invoices, worker are annotated");
        assertThat(ServiceAccountPlanner.readyMessage(IRSA, List.of()))
                .isEqualTo("role is up to date; the operator does not annotate the ServiceAccount, because"
                        + " its management in spec.serviceAccounts is Ignore");
    }

    @Test
    void reportsThatPodsUsePodIdentity() {
        assertThat(ServiceAccountPlanner.readyMessage(EnumSet.of(Delivery.PodIdentity), List.of("invoices")))
                .isEqualTo(
                        "role is up to date; new pods of ServiceAccount invoices get the role's credentials through EKS Pod"
                                + " Identity");
        assertThat(ServiceAccountPlanner.readyMessage(EnumSet.allOf(Delivery.class), List.of("invoices")))
                .isEqualTo("role is up to date; ServiceAccount invoices is annotated; new pods get the role's"
                        + " credentials through EKS Pod Identity");
    }

    @Test
    void requiresRestartAfterDeletionOfAssociation() {
        assertThat(ServiceAccountPlanner.needsRestart(List.of(new DeletePodIdentityAssociation("a-1", "invoices"))))
                .isTrue();
    }

    @Test
    void requiresRestartOnlyAfterAnnotationOfExistingServiceAccount() {
        assertThat(ServiceAccountPlanner.needsRestart(annotated(false, Set.of()).changes()))
                .isTrue();
        assertThat(ServiceAccountPlanner.needsRestart(
                        deliver(Management.CreateOrAnnotate, ABSENT).changes()))
                .isFalse();
        assertThat(ServiceAccountPlanner.needsRestart(List.of())).isFalse();
    }

    @Test
    void removesEveryWebhookAnnotationFromACreatedServiceAccount() {
        assertThat(release(present(Set.of(), Set.of("us")), Optional.empty()))
                .isEqualTo(released(true, Set.of(ROLE_ARN, EXPIRATION), Optional.empty()));
        assertThat(release(present(Set.of(ROLE_ARN), Set.of("us")), Optional.empty()))
                .isEqualTo(released(true, Set.of(ROLE_ARN, EXPIRATION), Optional.empty()));
    }

    @Test
    void removesOnlyOwnAnnotationsFromAnExistingServiceAccount() {
        assertThat(release(present(Set.of(ROLE_ARN), Set.of("others")), Optional.empty()))
                .isEqualTo(released(false, Set.of(ROLE_ARN), Optional.empty()));
    }

    @Test
    void keepsARoleAnnotationOfAnotherManagerAndRemovesTheRest() {
        assertThat(release(present(Set.of(EXPIRATION), Set.of()), Optional.empty()))
                .isEqualTo(released(false, Set.of(EXPIRATION), Optional.empty()));
        assertThat(release(annotatedWithAnotherRole(Set.of(EXPIRATION)), Optional.empty()))
                .isEqualTo(released(false, Set.of(EXPIRATION), Optional.empty()));
        assertThat(release(annotatedWithAnotherRole(Set.of()), Optional.empty()))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void keepsTheAnnotationsOfAnotherResource() {
        assertThat(release(annotatedWithAnotherRole(Set.of(ROLE_ARN, EXPIRATION)), Optional.empty()))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void handsOverOnlyACreatedServiceAccount() {
        assertThat(release(present(Set.of(ROLE_ARN), Set.of("us")), SUCCESSOR))
                .isEqualTo(released(true, Set.of(ROLE_ARN, EXPIRATION), SUCCESSOR));
        assertThat(release(present(Set.of(ROLE_ARN), Set.of()), SUCCESSOR))
                .isEqualTo(released(false, Set.of(ROLE_ARN), Optional.empty()));
        assertThat(release(new ObservedServiceAccount.Absent(), SUCCESSOR)).isEqualTo(Plan.NOTHING);
    }

    private static Plan deliver(Management management, ObservedServiceAccount observed) {
        return ServiceAccountPlanner.deliver(
                new DesiredServiceAccount("invoices", management, WANTED), "payments", observed, "us");
    }

    private static Plan annotated(boolean created, Set<String> obsolete) {
        return Plan.of(List.of(new AnnotateServiceAccount("invoices", "uid", "1", created, WANTED, obsolete)));
    }

    @Test
    void leavesARemovedOneThatTheOperatorCreatedToTheGarbageCollector() {
        assertThat(remove(present(Set.of(), Set.of("us")), Optional.empty()))
                .isEqualTo(Plan.of(
                        List.of(new DiscardServiceAccount("invoices", "uid", "1", Set.of(ROLE_ARN, EXPIRATION)))));
    }

    @Test
    void releasesAnyOtherRemovedOneAsIfTheResourceWereDeleted() {
        Optional<Successor> successor = Optional.of(new Successor("next", "uid-of-next"));
        for (ObservedServiceAccount observed : List.of(
                present(Set.of(ROLE_ARN, EXPIRATION), Set.of()), annotatedWithAnotherRole(Set.of(ROLE_ARN)), ABSENT)) {
            assertThat(remove(observed, Optional.empty())).isEqualTo(release(observed, Optional.empty()));
        }
        ObservedServiceAccount created = present(Set.of(), Set.of("us"));
        assertThat(remove(created, successor)).isEqualTo(release(created, successor));
    }

    private static Plan remove(ObservedServiceAccount observed, Optional<Successor> successor) {
        return ServiceAccountPlanner.remove("invoices", SampleRoles.ARN, observed, "us", successor);
    }

    private static ObservedServiceAccount existing(
            Map<String, String> annotations, Set<String> ours, Set<String> owners) {
        return new ObservedServiceAccount.Present("uid", "1", new TreeMap<>(annotations), ours, owners);
    }

    private static ObservedServiceAccount annotatedWithAnotherRole(Set<String> ours) {
        return new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of(ROLE_ARN, "arn:other", EXPIRATION, "600")), ours, Set.of());
    }

    private static ObservedServiceAccount present(Set<String> ours, Set<String> owners) {
        return new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of(ROLE_ARN, SampleRoles.ARN, EXPIRATION, "600")), ours, owners);
    }

    private static Plan release(ObservedServiceAccount observed, Optional<Successor> successor) {
        return ServiceAccountPlanner.withdraw("invoices", SampleRoles.ARN, observed, "us", successor);
    }

    private static Plan released(boolean created, Set<String> obsolete, Optional<Successor> successor) {
        return Plan.of(List.of(new ReleaseServiceAccount("invoices", "uid", "1", created, obsolete, successor)));
    }
}
