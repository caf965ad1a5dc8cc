package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import dev.irsa.fixtures.plan.Roles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnnotationDeliveryTest {
    private static final String POINTER = "eks.amazonaws.com/role-arn";
    private static final String EXPIRATION = "eks.amazonaws.com/token-expiration";
    private static final CredentialDelivery DELIVERY = new AnnotationDelivery();
    private static final Optional<Successor> HEIR = Optional.of(new Successor("ledger", "uid-of-ledger"));

    @Test
    void oneThatWeMadeLosesEveryAnnotationOfTheWebhook() {
        assertThat(release(present(Set.of(), Set.of("us")), Optional.empty()))
                .isEqualTo(released(true, Set.of(POINTER, EXPIRATION), Optional.empty()));
        assertThat(release(present(Set.of(POINTER), Set.of("us")), Optional.empty()))
                .isEqualTo(released(true, Set.of(POINTER, EXPIRATION), Optional.empty()));
    }

    @Test
    void oneThatWasThereBeforeLosesOnlyOurs() {
        assertThat(release(present(Set.of(POINTER), Set.of("others")), Optional.empty()))
                .isEqualTo(released(false, Set.of(POINTER), Optional.empty()));
    }

    @Test
    void aPointerThatSomebodyElseSetStaysAndTheRestOfOursGoes() {
        assertThat(release(present(Set.of(EXPIRATION), Set.of()), Optional.empty()))
                .isEqualTo(released(false, Set.of(EXPIRATION), Optional.empty()));
        assertThat(release(elsewhere(Set.of(EXPIRATION)), Optional.empty()))
                .isEqualTo(released(false, Set.of(EXPIRATION), Optional.empty()));
        assertThat(release(elsewhere(Set.of()), Optional.empty())).isEqualTo(Plan.NOTHING);
    }

    @Test
    void aPointerThatWeSetForAnotherResourceStaysWithAllThatBelongsToIt() {
        assertThat(release(elsewhere(Set.of(POINTER, EXPIRATION)), Optional.empty()))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void onlyOneThatWeMadeIsHandedOver() {
        assertThat(release(present(Set.of(POINTER), Set.of("us")), HEIR))
                .isEqualTo(released(true, Set.of(POINTER, EXPIRATION), HEIR));
        assertThat(release(present(Set.of(POINTER), Set.of()), HEIR))
                .isEqualTo(released(false, Set.of(POINTER), Optional.empty()));
        assertThat(release(new ObservedServiceAccount.Absent(), HEIR)).isEqualTo(Plan.NOTHING);
    }

    private static ObservedServiceAccount elsewhere(Set<String> ours) {
        return new ObservedServiceAccount.Present(
                "uid", new TreeMap<>(Map.of(POINTER, "arn:other", EXPIRATION, "600")), ours, Set.of());
    }

    private static ObservedServiceAccount present(Set<String> ours, Set<String> owners) {
        return new ObservedServiceAccount.Present(
                "uid", new TreeMap<>(Map.of(POINTER, Roles.ARN, EXPIRATION, "600")), ours, owners);
    }

    private static Plan release(ObservedServiceAccount observed, Optional<Successor> heir) {
        return DELIVERY.withdraw("invoices", Roles.ARN, observed, "us", heir);
    }

    private static Plan released(boolean made, Set<String> obsolete, Optional<Successor> heir) {
        return Plan.of(List.of(new ReleaseServiceAccount("invoices", "uid", made, obsolete, heir)));
    }
}
