package dev.irsa.kubectl.get;

import static dev.irsa.kubectl.get.Inventories.account;
import static dev.irsa.kubectl.get.Inventories.annotated;
import static dev.irsa.kubectl.get.Inventories.arn;
import static dev.irsa.kubectl.get.Inventories.irsaPod;
import static dev.irsa.kubectl.get.Inventories.notReady;
import static dev.irsa.kubectl.get.Inventories.podIdentityPod;
import static dev.irsa.kubectl.get.Inventories.ready;
import static dev.irsa.kubectl.get.Inventories.resource;
import static dev.irsa.kubectl.get.Inventories.with;
import static dev.irsa.kubectl.get.Inventories.withAssociation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.maker.Maker;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CredentialsRowsTest {
    private static final String ROLE = arn("irsa/cart");

    @Test
    void omitsServiceAccountsWithoutCredentials() {
        assertThat(CredentialsRows.of(with(List.of(account("default")), List.of())))
                .isEmpty();
    }

    @Test
    void showsRoleOfAnnotation() {
        CredentialsRow row = only(with(List.of(annotated("cart", ROLE, "kubectl-annotate")), List.of()));

        assertThat(row.account()).isEqualTo(new AccountKey("shop", "cart"));
        assertThat(row.exists()).isTrue();
        assertThat(row.roleArn()).contains(ROLE);
        assertThat(row.deliveredBy()).containsExactly(Delivery.IRSA);
        assertThat(row.managedBy().maker()).isEqualTo(Maker.UNKNOWN);
        assertThat(row.ready()).isEmpty();
        assertThat(row.podsWithOldCredentials()).hasValue(0);
    }

    @Test
    void showsResourceOfThisOperator() {
        CredentialsRow row =
                only(with(List.of(annotated("cart", ROLE, "irsa-operator")), List.of(ready("cart", ROLE))));

        assertThat(row.managedBy().maker()).isEqualTo(Maker.OPERATOR);
        assertThat(row.managedBy().evidence()).containsExactly("IamServiceAccount shop/cart");
        assertThat(row.resource()).contains("cart");
        assertThat(row.ready().orElseThrow().status()).isEqualTo("True");
    }

    @Test
    void showsResourceWhoseServiceAccountDoesNotExistYet() {
        CredentialsRow row = only(with(List.of(), List.of(notReady("cart", "NotEntitled"))));

        assertThat(row.exists()).isFalse();
        assertThat(row.roleArn()).isEmpty();
        assertThat(row.deliveredBy()).isEmpty();
        assertThat(row.managedBy().maker()).isEqualTo(Maker.OPERATOR);
        assertThat(row.ready().orElseThrow().status()).isEqualTo("False");
        assertThat(row.ready().orElseThrow().reason()).contains("NotEntitled");
    }

    @Test
    void showsResourceThatNoOperatorObserved() {
        assertThat(only(with(List.of(), List.of(resource("cart"))))
                        .ready()
                        .orElseThrow()
                        .status())
                .isEqualTo("Unknown");
    }

    @Test
    void showsRoleThatIsNotDeliveredYet() {
        CredentialsRow row = only(with(List.of(account("cart")), List.of(ready("cart", ROLE))));

        assertThat(row.roleArn()).contains(ROLE);
        assertThat(row.deliveredBy()).isEmpty();
    }

    @Test
    void usesNameOfServiceAccountInSpec() {
        var resource = ready("team-cart", ROLE);
        resource.setSpec(new IamServiceAccountSpec(
                List.of(new ServiceAccountSpec("cart")),
                RoleSpec.DEFAULT,
                null,
                PoliciesSpec.NONE,
                TokenSpec.DEFAULT,
                null,
                false,
                List.of(),
                null));

        CredentialsRow row = only(with(List.of(annotated("cart", ROLE, "irsa-operator")), List.of(resource)));

        assertThat(row.account().name()).isEqualTo("cart");
        assertThat(row.resource()).contains("team-cart");
    }

    @Test
    void doesNotClaimRoleOfForeignAnnotation() {
        CredentialsRow row = only(with(
                List.of(annotated("cart", arn("foreign"), "helm")),
                List.of(notReady("cart", "ServiceAccountConflict"))));

        assertThat(row.roleArn()).contains(arn("foreign"));
        assertThat(row.managedBy().maker()).isEqualTo(Maker.HELM);
        assertThat(row.ready().orElseThrow().reason()).contains("ServiceAccountConflict");
    }

    @Test
    void namesOtherResourceWhoseRoleIsUsed() {
        List<CredentialsRow> rows = CredentialsRows.of(
                with(List.of(annotated("thief", ROLE, "kubectl-annotate")), List.of(ready("cart", ROLE))));

        assertThat(rows).hasSize(2);
        assertThat(rows.getLast().managedBy().maker()).isEqualTo(Maker.OTHER_RESOURCE);
        assertThat(rows.getLast().managedBy().evidence()).containsExactly("IamServiceAccount shop/cart");
        assertThat(rows.getLast().ready()).isEmpty();
    }

    @Test
    void showsEveryResourceThatNamesTheSameServiceAccount() {
        var second = notReady("a-second", "ServiceAccountConflict");
        second.setSpec(new IamServiceAccountSpec(
                List.of(new ServiceAccountSpec("cart")),
                RoleSpec.DEFAULT,
                null,
                PoliciesSpec.NONE,
                TokenSpec.DEFAULT,
                null,
                false,
                List.of(),
                null));

        List<CredentialsRow> rows = CredentialsRows.of(
                with(List.of(annotated("cart", ROLE, "irsa-operator")), List.of(second, ready("cart", ROLE))));

        assertThat(rows).extracting(row -> row.resource().orElseThrow()).containsExactly("cart", "a-second");
    }

    @Test
    void recognizesMakerByTagsOfRole() {
        Inventory inventory = with(List.of(annotated("cart", ROLE, "helm")), List.of())
                .withRoleTags(Map.of(ROLE, new TreeMap<>(Map.of("irsa-controller", "y"))));

        assertThat(only(inventory).managedBy().maker()).isEqualTo(Maker.IRSA_CONTROLLER);
    }

    @Test
    void neverRecognizesMakerByNameOfRole() {
        String imitated = arn("eksctl-prod-addon-iamserviceaccount-shop-car-Role1-1A2B3C");

        assertThat(only(with(List.of(annotated("cart", imitated, "kubectl-annotate")), List.of()))
                        .managedBy()
                        .maker())
                .isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void prefersAssociationOverAnnotation() {
        Inventory inventory = with(List.of(annotated("cart", ROLE, "helm")), List.of())
                .withAssociations(associated("cart", new Association("a-1", Optional.of(arn("other")))));

        CredentialsRow row = only(inventory);

        assertThat(row.roleArn()).contains(arn("other"));
        assertThat(row.annotatedRoleArn()).contains(ROLE);
        assertThat(row.deliveredBy()).containsExactly(Delivery.IRSA, Delivery.PodIdentity);
        assertThat(row.associationId()).contains("a-1");
        assertThat(row.managedBy().maker()).as("helm set only the annotation").isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void showsAssociationOfServiceAccountThatDoesNotExist() {
        CredentialsRow row = only(with(List.of(), List.of())
                .withAssociations(associated("cart", new Association("a-1", Optional.of(ROLE)))));

        assertThat(row.exists()).isFalse();
        assertThat(row.deliveredBy()).containsExactly(Delivery.PodIdentity);
    }

    @Test
    void knowsAssociationsOfOperatorWithoutEks() {
        CredentialsRow row = only(with(List.of(account("cart")), List.of(withAssociation("cart", ROLE, "a-1"))));

        assertThat(row.deliveredBy()).containsExactly(Delivery.PodIdentity);
        assertThat(row.roleArn()).contains(ROLE);
        assertThat(row.managedBy().maker()).isEqualTo(Maker.OPERATOR);
    }

    @Test
    void believesEksThatAssociationOfOperatorWasDeleted() {
        CredentialsRow row = only(with(List.of(account("cart")), List.of(withAssociation("cart", ROLE, "a-1")))
                .withAssociations(Map.of()));

        assertThat(row.deliveredBy()).isEmpty();
    }

    @Test
    void concludesAssociationFromNewestPodWithoutEks() {
        CredentialsRow row = only(with(
                List.of(annotated("cart", ROLE, "helm")), List.of(), irsaPod("cart", ROLE), podIdentityPod("cart", 5)));

        assertThat(row.deliveredBy()).containsExactly(Delivery.IRSA, Delivery.PodIdentity);
        assertThat(row.roleArn()).as("only EKS knows it").isEmpty();
        assertThat(row.podsWithOldCredentials()).hasValue(1);
    }

    @Test
    void countsNoPodsThatCouldNotBeRead() {
        Inventory inventory = new Inventory(
                List.of(annotated("cart", ROLE, "helm")), List.of(), Optional.empty(), Optional.empty(), Map.of());

        assertThat(only(inventory).podsWithOldCredentials()).isEmpty();
    }

    @Test
    void sortsByNamespaceAndName() {
        List<CredentialsRow> rows = CredentialsRows.of(
                with(List.of(annotated("b", ROLE, "helm"), annotated("a", ROLE, "helm")), List.of(resource("aa"))));

        assertThat(rows).extracting(row -> row.account().name()).containsExactly("a", "aa", "b");
    }

    @Test
    void asksIamOnlyForRolesOfOthers() {
        Inventory inventory = with(
                List.of(
                        annotated("cart", ROLE, "irsa-operator"),
                        annotated("one", arn("shared"), "helm"),
                        annotated("two", arn("shared"), "helm")),
                List.of(ready("cart", ROLE)));

        assertThat(CredentialsRows.rolesOfOthers(inventory)).containsExactly(arn("shared"));
    }

    @Test
    void asksForTheRolesOfOthersInEveryAccount() {
        String role = "arn:aws:iam::444455556666:role/cart";
        IamServiceAccount external = resource("cart");
        external.setSpec(Serialization.unmarshal(
                "account: analytics\nexternalRole: {arn: '" + role + "'}", IamServiceAccountSpec.class));
        Inventory inventory = with(
                List.of(annotated("cart", role, "irsa-operator"), annotated("other", arn("by-hand"), "helm")),
                List.of(external));

        assertThat(CredentialsRows.rolesOfOthers(inventory)).containsExactly(arn("by-hand"), role);
        assertThat(CredentialsRows.accountsOfOthers(inventory)).containsExactly("111122223333", "444455556666");
    }

    private static Map<AccountKey, Association> associated(String name, Association association) {
        return Map.of(new AccountKey("shop", name), association);
    }

    private static CredentialsRow only(Inventory inventory) {
        List<CredentialsRow> rows = CredentialsRows.of(inventory);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
