package dev.irsa.reconcile.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.reconcile.Examples;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdoptionProgressTest {
    private static final Failure CONFLICT = Failure.roleConflict("r", "is not ours");
    private static final Failure THROTTLED = new Failure.Passing(Reason.Throttled, "slow down");
    private static final Ending READY = new Ending.Ready(List.of());
    private static final Ending SUSPENDED = new Ending.Pending(Ending.Pending.BY_SPEC, Optional.empty());

    private final IamServiceAccount resource = Examples.resource();

    AdoptionProgressTest() {
        resource.setSpec(Serialization.unmarshal("role: {adoption: IfOffered}", IamServiceAccountSpec.class));
    }

    private static ReconcileResult owned(Map<String, String> tags) {
        return owned(tags, false);
    }

    private static ReconcileResult owned(Map<String, String> tags, boolean offered) {
        RoleState role = new RoleState(SampleRole.observed(tags), ObservedPolicies.NONE);
        return ReconcileResult.deferred()
                .withRole(new RoleReport(Optional.of(role), false, offered, Drift.NONE, List.of()));
    }

    private static ReconcileResult adopted() {
        return owned(Map.of(OwnershipTags.ADOPTED, "true"));
    }

    private static ReconcileResult offered() {
        return ReconcileResult.of(READY).withRole(new RoleReport(Optional.empty(), false, true, Drift.NONE, List.of()));
    }

    private Optional<Adoption> of(ReconcileResult result) {
        return AdoptionProgress.of(resource, result);
    }

    private void had(Adoption adoption, long generation) {
        resource.setStatus(Serialization.unmarshal(
                "---\n{observedGeneration: " + generation + ", adoption: " + adoption + "}",
                IamServiceAccountStatus.class));
    }

    @Test
    void hasNoneUnlessTheSpecAdopts() {
        IamServiceAccount usual = Examples.resource();

        for (ReconcileResult result : List.of(adopted(), offered(), ReconcileResult.failed(CONFLICT))) {
            assertThat(AdoptionProgress.of(usual, result)).isEmpty();
        }
    }

    @Test
    void isAdoptedOnceTheTagsOfTheRoleSaySo() {
        assertThat(of(adopted().withEnding(READY))).contains(Adoption.Adopted);
        assertThat(of(adopted().withEnding(SUSPENDED))).contains(Adoption.Adopted);
        assertThat(of(owned(Map.of(OwnershipTags.ADOPTED, "true"), true).failing(THROTTLED)))
                .as("failed after the claim")
                .contains(Adoption.Adopted);
        assertThat(of(owned(Map.of()).withEnding(READY)))
                .as("created by the operator")
                .isEmpty();
    }

    @Test
    void isOfferedUntilItIsAdopted() {
        assertThat(of(offered().withEnding(SUSPENDED))).contains(Adoption.Offered);
        assertThat(of(offered().failing(CONFLICT))).as("not approved").contains(Adoption.Offered);
        assertThat(of(offered().failing(THROTTLED))).contains(Adoption.Offered);
    }

    @Test
    void isRefusedWhenTheRoleIsInConflict() {
        assertThat(of(ReconcileResult.failed(CONFLICT))).contains(Adoption.Refused);
        assertThat(of(ReconcileResult.of(new Ending.Pending(Ending.Pending.BY_SPEC, Optional.of(CONFLICT)))))
                .contains(Adoption.Refused);
    }

    @Test
    void isUnknownIfThereIsNoRoleYet() {
        had(Adoption.Offered, 2);

        assertThat(of(ReconcileResult.of(SUSPENDED))).isEmpty();
        assertThat(of(ReconcileResult.of(new Ending.Pending(Ending.Pending.BY_SPEC, Optional.of(THROTTLED)))))
                .isEmpty();
    }

    @Test
    void staysWhileTheRoleCannotBeRead() {
        for (Adoption adoption : Adoption.values()) {
            had(adoption, 2);
            assertThat(of(ReconcileResult.failed(THROTTLED))).contains(adoption);
        }
    }

    @Test
    void forgetsAnOfferForAnEarlierSpecButNoAdoption() {
        had(Adoption.Offered, 1);
        assertThat(of(ReconcileResult.failed(THROTTLED))).isEmpty();
        had(Adoption.Refused, 1);
        assertThat(of(ReconcileResult.failed(THROTTLED))).isEmpty();
        had(Adoption.Adopted, 1);
        assertThat(of(ReconcileResult.failed(THROTTLED))).contains(Adoption.Adopted);
    }
}
