package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.fixtures.plan.SampleRoles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final RoleChange ATTACH = new RoleChange.AttachRolePolicy("r", "arn:a");
    private static final RoleChange PUT = new RoleChange.PutRolePolicy("r", "p", SampleRoles.ALLOW);
    private static final RoleChange DETACH = new RoleChange.DetachRolePolicy("r", "arn:b");
    private static final RoleChange DELETE = new RoleChange.DeleteRolePolicy("r", "q");
    private static final RoleChange TAG = new RoleChange.TagRole("r", new TreeMap<>());
    private static final Change POINT = new ServiceAccountChange.CreateServiceAccount("a", new TreeMap<>());
    private static final Failure QUOTA = new AwsFailure.Refused(Reason.QuotaExceeded, "iam:AttachRolePolicy", "10");
    private static final Failure OTHER = new AwsFailure.Refused(Reason.PolicyNotFound, "iam:AttachRolePolicy", "x");

    @Test
    void appendsTheNextPlan() {
        assertThat(Plan.of(List.of(ATTACH)).then(Plan.of(List.of(POINT)))).isEqualTo(Plan.of(List.of(ATTACH, POINT)));
        assertThat(Plan.of(List.of(ATTACH)).then(Plan.refused(OTHER)))
                .isEqualTo(new Plan(List.of(ATTACH), Optional.of(OTHER)));
    }

    @Test
    void dropsTheNextPlanAfterAnObstacle() {
        Plan blocked = new Plan(List.of(ATTACH), Optional.of(OTHER));

        assertThat(blocked.then(Plan.of(List.of(POINT)))).isEqualTo(blocked);
    }

    @Test
    void isEmptyOnlyWithoutChangesAndObstacles() {
        assertThat(Plan.NOTHING.isEmpty()).isTrue();
        assertThat(Plan.of(List.of(ATTACH)).isEmpty()).isFalse();
        assertThat(Plan.refused(OTHER).isEmpty()).isFalse();
    }

    @Test
    void retriesWhenTheFirstObstacleOfIndependentPlansEnds() {
        Failure minute = new Failure.Waiting(Reason.Reconciling, "a", Duration.ofMinutes(1));
        Failure second = new Failure.Waiting(Reason.Reconciling, "b", Duration.ofSeconds(1));

        Plan plan = Plan.refused(OTHER).and(Plan.refused(minute)).and(Plan.refused(second));

        assertThat(plan.obstacle()).contains(OTHER);
        assertThat(plan.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(Plan.of(List.of(ATTACH)).then(plan).retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(Plan.refused(OTHER).then(Plan.refused(second)).retryAfter()).isEmpty();
    }

    @Test
    void describesOwnerAndTrustFirst() {
        RoleChange claim = new RoleChange.TagRole("r", new TreeMap<>(Map.of(OwnershipTags.CLUSTER_ID, "c")));
        RoleChange trust = new RoleChange.UpdateAssumeRolePolicy("r", SampleRoles.ALLOW, Optional.empty());

        assertThat(Plan.of(List.of(DETACH, claim, TAG, trust)).descriptions())
                .containsExactly(claim.describe(), trust.describe(), DETACH.describe(), TAG.describe());
    }

    @Test
    void copiesTheListOfChanges() {
        List<Change> changes = new ArrayList<>(List.of(ATTACH));
        Plan plan = Plan.of(changes);
        changes.add(PUT);

        assertThat(plan.changes()).isUnmodifiable().containsExactly(ATTACH);
    }

    @Test
    void detachesBeforeAttachingWhenAQuotaIsExceeded() {
        assertThat(Plan.freeingQuota(List.of(ATTACH, PUT, DETACH, DELETE, POINT), QUOTA, RequiredPolicies.NONE))
                .contains(List.of(DETACH, DELETE, ATTACH, PUT, POINT));
        assertThat(Plan.freeingQuota(List.of(PUT, DELETE, POINT), QUOTA, RequiredPolicies.NONE))
                .contains(List.of(DELETE, PUT, POINT));
    }

    /** If IAM refuses the attachment again, the role would be without the policy that limits it. */
    @Test
    void deletesNoDenyEarlierToFreeQuota() {
        RoleChange deny = new RoleChange.DeleteRolePolicy("r", "guard", true);

        assertThat(Plan.freeingQuota(List.of(ATTACH, PUT, deny), QUOTA, RequiredPolicies.NONE))
                .isEmpty();
        assertThat(Plan.freeingQuota(List.of(ATTACH, DETACH, deny, POINT), QUOTA, RequiredPolicies.NONE))
                .contains(List.of(DETACH, ATTACH, deny, POINT));
    }

    @Test
    void keepsTheOrderOnOtherFailures() {
        assertThat(Plan.freeingQuota(List.of(ATTACH, DETACH), OTHER, RequiredPolicies.NONE))
                .isEmpty();
    }

    @Test
    void keepsTheOrderWhenNothingFreesQuota() {
        assertThat(Plan.freeingQuota(List.of(ATTACH, PUT, POINT), QUOTA, RequiredPolicies.NONE))
                .isEmpty();
    }

    @Test
    void keepsTheOrderWhenNoChangeNeedsQuota() {
        assertThat(Plan.freeingQuota(List.of(TAG, DETACH), QUOTA, RequiredPolicies.NONE))
                .isEmpty();
        assertThat(Plan.freeingQuota(List.of(POINT, DETACH), QUOTA, RequiredPolicies.NONE))
                .isEmpty();
    }
}
