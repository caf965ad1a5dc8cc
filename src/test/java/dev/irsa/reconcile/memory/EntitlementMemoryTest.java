package dev.irsa.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.core.entitlement.EntitlementVersion;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import dev.irsa.reconcile.authorization.Grant;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntitlementMemoryTest {
    private static final EntitlementVersion A = version("a", "{namespaceSelector: {}}");
    private static final EntitlementVersion B = version("b", "{namespaceSelector: {}}");

    private static EntitlementVersion version(String name, String spec) {
        return new EntitlementVersion(
                Serialization.unmarshal("---\n" + spec, IamEntitlementSpec.class), SampleRequirements.nothing(name));
    }

    private static Grant by(EntitlementVersion by, EntitlementVersion... allowing) {
        return new Grant(by, Set.of(allowing));
    }

    @Test
    void coversNothingBeforeTheResourceWasReady() {
        assertThat(EntitlementMemory.NEW.covers(by(A, A))).isFalse();
        assertThat(EntitlementMemory.NEW.begun(by(A, A)).covers(by(A, A))).isFalse();
    }

    @Test
    void coversEveryEntitlementThatAllowedTheReadyRole() {
        EntitlementMemory ready = EntitlementMemory.reached(by(A, A, B));

        assertThat(ready.covers(by(A, A))).isTrue();
        assertThat(ready.covers(by(B, B))).isTrue();
        assertThat(ready.covers(by(version("a", "{namespaceSelector: {}, allow: {inlineActions: [\"*\"]}}"), A)))
                .isFalse();
        assertThat(ready.covers(by(version("a", "{namespaceSelector: {}}"), A))).isTrue();
    }

    @Test
    void coversOnlyWhatAllowsBothOnceAPlanHasBegun() {
        EntitlementMemory begun = EntitlementMemory.reached(by(A, A, B)).begun(by(A, A));

        assertThat(begun.covers(by(A, A))).isTrue();
        assertThat(begun.covers(by(B, B))).isFalse();
    }

    @Test
    void coversNothingUntilReadyAfterAPlanUnderAnother() {
        EntitlementMemory moved = EntitlementMemory.reached(by(A, A)).begun(by(B, A, B));

        assertThat(moved.covers(by(A, A))).isFalse();
        assertThat(moved.covers(by(B, B))).isFalse();
    }

    @Test
    void recallsOnlyBeforeThisProcessBeganAPlan() {
        assertThat(EntitlementMemory.NEW.recalled(by(A, A)).covers(by(A, A))).isTrue();
        assertThat(EntitlementMemory.NEW.begun(by(A, A)).recalled(by(A, A)).covers(by(A, A)))
                .isFalse();
    }

    @Test
    void coversEveryDecisionThatIsAssumed() {
        assertThat(EntitlementMemory.ASSUMED.covers(by(B, B))).isTrue();
    }
}
