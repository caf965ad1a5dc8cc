package dev.irsa.reconcile.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.text.Page;
import dev.irsa.core.text.PlainText;
import dev.irsa.fixtures.plan.SampleRoles;
import dev.irsa.fixtures.reconcile.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdoptionApprovalTest {
    private static final String NAME = Examples.NAME;
    private static final Change ATTACH = new AttachRolePolicy(NAME, "arn:a");
    private static final Change ADOPT =
            new TagRole(NAME, new TreeMap<>(Map.of(OwnershipTags.CLUSTER_ID, "id", OwnershipTags.ADOPTED, "true")));
    private static final Change REPLACE_TRUST =
            new UpdateAssumeRolePolicy(NAME, SampleRoles.ALLOW, Optional.of(document("x".repeat(2_000))));
    private static final String SHOWN = PlainText.of(REPLACE_TRUST.describe());
    private static final Failure OBSTACLE = RoleFailure.boundaryInTheWay(NAME, "arn:b");

    @Test
    void allowsPlanWithoutAdoption() {
        assertThat(AdoptionApproval.of(Plan.of(List.of(ATTACH)), List.of("old"), true, false))
                .isEqualTo(allowed(List.of()));
    }

    /** A failure or a restart during an adoption must not lose the approval. */
    @Test
    void keepsApprovedChangesUntilRoleIsOwned() {
        assertThat(AdoptionApproval.of(Plan.of(List.of(ATTACH)), List.of(SHOWN), false, false))
                .isEqualTo(allowed(List.of(SHOWN)));
    }

    @Test
    void allowsAdoptionThatKeepsTrustPolicy() {
        assertThat(AdoptionApproval.of(Plan.of(List.of(ADOPT, ATTACH)), List.of(), false, false))
                .isEqualTo(allowed(List.of(ADOPT.describe(), ATTACH.describe())));
    }

    @Test
    void allowsAdoptionWhoseTrustPolicyUsersHaveSeen() {
        Plan plan = Plan.of(List.of(ADOPT, REPLACE_TRUST, ATTACH));

        assertThat(AdoptionApproval.of(plan, List.of("another change", SHOWN), false, false))
                .isEqualTo(allowed(List.of(ADOPT.describe(), REPLACE_TRUST.describe(), ATTACH.describe())));
    }

    @Test
    void refusesApprovedAdoptionThatCannotBeCompleted() {
        Plan plan = new Plan(List.of(ADOPT, REPLACE_TRUST), Optional.of(OBSTACLE));

        assertThat(AdoptionApproval.of(plan, List.of(SHOWN), false, false).refusal())
                .contains(OBSTACLE);
    }

    @Test
    void allowsAdoptionThatWaitsBetweenItsChanges() {
        List<Failure> waits = List.of(
                new Failure.Waiting(Reason.Reconciling, "not shown yet", Duration.ofSeconds(2)),
                Failure.of(Reason.WaitingForPods, "pods run"));
        assertThat(waits).allSatisfy(wait -> {
            Plan plan = new Plan(List.of(ADOPT, ATTACH), Optional.of(wait));

            assertThat(AdoptionApproval.of(plan, List.of(), false, false))
                    .isEqualTo(allowed(List.of(ADOPT.describe(), ATTACH.describe())));
        });
    }

    @Test
    void refusesAdoptionWhoseTrustPolicyUsersHaveNotSeen() {
        Change other = new UpdateAssumeRolePolicy(NAME, SampleRoles.ALLOW, Optional.of(document("y".repeat(2_000))));
        Plan plan = Plan.of(List.of(ADOPT, other));

        assertThat(AdoptionApproval.of(plan, List.of(SHOWN), false, false))
                .isEqualTo(new AdoptionApproval(
                        List.of(),
                        Optional.of(Failure.roleConflict(
                                NAME,
                                "is offered to this resource, but its adoption is not approved; the adoption replaces the"
                                        + " trust policy, so everyone except the ServiceAccounts of this resource loses"
                                        + " access; to approve it, set spec.suspend to true, review status.pendingChanges, and set"
                                        + " spec.suspend to false" + Page.ADOPTION.reference()))));
    }

    @Test
    void waitsWhileIamMayReturnRoleAsBeforeItsAdoption() {
        assertThat(AdoptionApproval.of(Plan.of(List.of(ADOPT, REPLACE_TRUST)), List.of("approved"), false, true))
                .isEqualTo(new AdoptionApproval(
                        List.of("approved"),
                        Optional.of(new Failure.Passing(
                                Reason.Reconciling,
                                "IAM still returns role " + NAME
                                        + " as it was before its adoption; no action needed"))));
    }

    private static AdoptionApproval allowed(List<String> pendingChanges) {
        return new AdoptionApproval(pendingChanges, Optional.empty());
    }

    private static PolicyDocument document(String id) {
        return PolicyDocument.parse("{\"Id\":\"" + id + "\"}");
    }
}
