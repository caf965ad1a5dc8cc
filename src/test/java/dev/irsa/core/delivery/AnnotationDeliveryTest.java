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
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final String EXPIRATION = "eks.amazonaws.com/token-expiration";
    private static final CredentialDelivery DELIVERY = new AnnotationDelivery();
    private static final Optional<Successor> SUCCESSOR = Optional.of(new Successor("ledger", "uid-of-ledger"));

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

    private static ObservedServiceAccount annotatedWithAnotherRole(Set<String> ours) {
        return new ObservedServiceAccount.Present(
                "uid", new TreeMap<>(Map.of(ROLE_ARN, "arn:other", EXPIRATION, "600")), ours, Set.of());
    }

    private static ObservedServiceAccount present(Set<String> ours, Set<String> owners) {
        return new ObservedServiceAccount.Present(
                "uid", new TreeMap<>(Map.of(ROLE_ARN, Roles.ARN, EXPIRATION, "600")), ours, owners);
    }

    private static Plan release(ObservedServiceAccount observed, Optional<Successor> successor) {
        return DELIVERY.withdraw("invoices", Roles.ARN, observed, "us", successor);
    }

    private static Plan released(boolean created, Set<String> obsolete, Optional<Successor> successor) {
        return Plan.of(List.of(new ReleaseServiceAccount("invoices", "uid", created, obsolete, successor)));
    }
}
