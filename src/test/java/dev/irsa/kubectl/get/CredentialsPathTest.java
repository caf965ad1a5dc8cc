package dev.irsa.kubectl.get;

import static dev.irsa.kubectl.get.Inventories.account;
import static dev.irsa.kubectl.get.Inventories.annotated;
import static dev.irsa.kubectl.get.Inventories.arn;
import static dev.irsa.kubectl.get.Inventories.finished;
import static dev.irsa.kubectl.get.Inventories.irsaPod;
import static dev.irsa.kubectl.get.Inventories.pod;
import static dev.irsa.kubectl.get.Inventories.podIdentityPod;
import static dev.irsa.kubectl.get.Inventories.ready;
import static dev.irsa.kubectl.get.Inventories.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.kubectl.get.Inventory.Association;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsPathTest {
    private static final String ROLE = arn("cart");

    @Test
    void countsPodsCreatedBeforeTheAnnotation() {
        assertThat(oldWithIrsa(pod("cart"))).isEqualTo(1);
    }

    @Test
    void countsPodsWithAnotherRole() {
        assertThat(oldWithIrsa(irsaPod("cart", arn("former")))).isEqualTo(1);
        assertThat(oldWithIrsa(irsaPod("cart", ROLE))).isZero();
    }

    @Test
    void countsPodsCreatedBeforeTheAssociation() {
        assertThat(oldWithPodIdentity(irsaPod("cart", ROLE), pod("cart"))).isEqualTo(2);
        assertThat(oldWithPodIdentity(podIdentityPod("cart"))).isZero();
    }

    @Test
    void countsPodsWhoseAssociationWasDeleted() {
        Inventory inventory = with(List.of(annotated("cart", ROLE, "helm")), List.of(), podIdentityPod("cart"))
                .withAssociations(Map.of());

        assertThat(old(inventory)).isEqualTo(1);
    }

    @Test
    void countsPodsWhoseAnnotationWasRemoved() {
        Inventory inventory =
                with(List.of(account("cart")), List.of(ready("cart", ROLE)), irsaPod("cart", ROLE), pod("cart"));

        assertThat(old(inventory)).isEqualTo(1);
    }

    @Test
    void ignoresFinishedPods() {
        assertThat(oldWithIrsa(finished(irsaPod("cart", arn("former"))))).isZero();
    }

    @Test
    void ignoresPodsOfOtherServiceAccounts() {
        assertThat(oldWithIrsa(pod("other"))).isZero();
    }

    @Test
    void ignoresPodsThatARestartWouldNotChange() {
        ObservedPod ownRole = pod("cart", Map.of("AWS_ROLE_ARN", arn("own")), Map.of(), false, 0);
        ObservedPod skipped =
                pod("cart", Map.of(), Map.of("eks.amazonaws.com/skip-pod-identity-webhook", ""), false, 0);

        assertThat(oldWithIrsa(ownRole)).isZero();
        assertThat(oldWithIrsa(skipped)).isZero();
        assertThat(oldWithPodIdentity(skipped)).isZero();
    }

    @Test
    void expectsNoPodIdentityOnFargate() {
        ObservedPod fargate = pod("cart", Map.of(), Map.of("eks.amazonaws.com/fargate-profile", "fp"), false, 0);

        assertThat(oldWithPodIdentity(fargate)).isZero();
    }

    @Test
    void distrustsCredentialsFromOtherAddresses() {
        ObservedPod ecs = pod(
                "cart",
                Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:8080/credentials"),
                Map.of(),
                false,
                0);

        assertThat(CredentialsPath.showAssociation(List.of(ecs))).isFalse();
        assertThat(CredentialsPath.showAssociation(List.of(podIdentityPod("cart"))))
                .isTrue();
    }

    private static int oldWithIrsa(ObservedPod... pods) {
        return old(with(List.of(annotated("cart", ROLE, "helm")), List.of(), pods));
    }

    private static int oldWithPodIdentity(ObservedPod... pods) {
        return old(with(List.of(account("cart")), List.of(), pods)
                .withAssociations(Map.of(new AccountKey("shop", "cart"), new Association("a-1", Optional.of(ROLE)))));
    }

    private static int old(Inventory inventory) {
        return CredentialsRows.of(inventory).getFirst().podsWithOldCredentials().orElseThrow();
    }
}
