package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.YamlDocuments;
import dev.irsa.kubectl.rolespec.MinimalEntitlements;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestFolderTest {
    private static Map<String, String> files(ImportedAccount... accounts) {
        IamEntitlement entitlement = new IamEntitlement();
        entitlement.setMetadata(
                new ObjectMetaBuilder().withName("imported.shop").build());
        entitlement.setSpec(MinimalEntitlements.of("shop", List.of(Imports.spec("cart", Map.of())), 1)
                .getFirst());
        return ManifestFolder.of(new ImportPlan(List.of(accounts), List.of(entitlement), List.of()))
                .files();
    }

    @Test
    void writesManifestAsPeopleDo() {
        assertThat(files(Imports.importable("shop", "cart")).get("namespaces/shop/iamserviceaccount-cart.yaml"))
                .isEqualTo("""
                        # Offer the role before you resume this: kubectl irsa import --namespace shop --offer cart
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata:
                          name: cart
                          namespace: shop
                        spec:
                          role:
                            name: cart
                            path: /
                            adoption: IfOffered
                          policies:
                            managed:
                            - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
                          deletionPolicy: Retain
                          suspend: true
                          delivery:
                          - IRSA
                        """);
    }

    @Test
    void everyFileIsInTheKustomizationOfItsFolder() throws InvalidFile {
        Map<String, String> files = files(
                Imports.importable("shop", "cart"),
                Imports.importable("shop", "kustomization"),
                Imports.importable("1e3", "null"));

        assertThat(files.keySet())
                .containsExactly(
                        "HANDOVER.md",
                        "entitlements/iamentitlement-imported.shop.yaml",
                        "entitlements/kustomization.yaml",
                        "kustomization.yaml",
                        "namespaces/1e3/iamserviceaccount-null.yaml",
                        "namespaces/1e3/kustomization.yaml",
                        "namespaces/shop/iamserviceaccount-cart.yaml",
                        "namespaces/shop/iamserviceaccount-kustomization.yaml",
                        "namespaces/shop/kustomization.yaml");
        assertThat(files.get("kustomization.yaml")).endsWith("""
                resources:
                - entitlements
                - namespaces/1e3
                - namespaces/shop
                """);
        assertThat(files.get("namespaces/shop/kustomization.yaml")).endsWith("""
                resources:
                - iamserviceaccount-cart.yaml
                - iamserviceaccount-kustomization.yaml
                """);
        JsonNode metadata = YamlDocuments.parse(
                        "a", files.getOrDefault("namespaces/1e3/iamserviceaccount-null.yaml", ""))
                .getFirst()
                .path("metadata");
        assertThat(metadata.path("name").isTextual()).isTrue();
        assertThat(metadata.path("namespace").isTextual()).isTrue();
    }

    @Test
    void handsOverOnlyRolesThatExist() {
        Map<String, String> files = files(Imports.importable("shop", "cart"), Imports.declared("shop", "refunds"));

        assertThat(files.get("namespaces/shop/iamserviceaccount-refunds.yaml"))
                .startsWith("# From iam.serviceAccounts[0] of the file of eksctl.\napiVersion: ");
        assertThat(files.get("HANDOVER.md")).contains("role/cart").doesNotContain("refunds");
    }

    @Test
    void listsWhatWasNotImported() {
        Map<String, String> files =
                files(Imports.refused("shop", "cart", "the role also serves ServiceAccount shop/*"));

        assertThat(files).doesNotContainKey("namespaces/shop/kustomization.yaml");
        assertThat(files.get("HANDOVER.md"))
                .contains("No role was imported.")
                .contains("| `shop` | `cart` | `arn:aws:iam::111122223333:role/cart` |"
                        + " `the role also serves ServiceAccount shop/*` | `correct it` |");
    }

    @Test
    void entitlementSaysWhatToReview() {
        assertThat(files(Imports.importable("shop", "cart")).get("entitlements/iamentitlement-imported.shop.yaml"))
                .startsWith("# Allows what the imported roles of the namespace have.")
                .contains("\nmetadata:\n  name: imported.shop\n")
                .doesNotContain("[]", "null", "status");
    }
}
