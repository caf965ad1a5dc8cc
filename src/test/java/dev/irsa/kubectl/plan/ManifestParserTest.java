package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestParserTest {
    private static final String RESOURCE = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {name: reader}
            spec: {policies: {managed: [AmazonS3ReadOnlyAccess]}}
            """;

    private final ManifestParser parser = new ManifestParser("payments");

    private Manifests parse(String text) throws InvalidFile {
        parser.add("a.yaml", text);
        return parser.manifests();
    }

    private void assertInvalid(String text, String... parts) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InvalidFile.class).hasMessageContainingAll(parts);
    }

    @Test
    void usesDefaultNamespaceForObjectsWithoutOne() throws InvalidFile {
        assertThat(parse(RESOURCE).resources())
                .extracting(
                        resource -> resource.getMetadata().getNamespace(),
                        resource -> resource.getSpec().policies().managed())
                .containsExactly(tuple("payments", List.of("AmazonS3ReadOnlyAccess")));
    }

    @Test
    void readsSeveralDocumentsAndLists() throws InvalidFile {
        Manifests manifests = parse(RESOURCE + """
                ---
                # only a comment
                ---
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, metadata: {name: other, namespace: x}, spec: {}}
                - {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: all}, spec: {namespaceSelector: {}}}
                - {apiVersion: v1, kind: Namespace, metadata: {name: x, labels: {team: a}}}
                - {apiVersion: v1, kind: ServiceAccount, metadata: {name: other, namespace: x, annotations: {a: b}}}
                - {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}
                """);

        assertThat(manifests.resources())
                .extracting(resource -> resource.getMetadata().getName())
                .containsExactly("reader", "other");
        assertThat(manifests.entitlements()).hasSize(1);
        assertThat(manifests.namespaces()).containsExactly(Map.entry("x", Map.of("team", "a")));
        assertThat(manifests.serviceAccounts()).containsExactly(Map.entry("x/other", Map.of("a", "b")));
    }

    @Test
    void validatesIamAccounts() throws InvalidFile {
        String account = """
                apiVersion: irsa.dev/v1beta1
                kind: IamAccount
                metadata: {name: analytics}
                spec: {accountID: "%s", roleARN: "arn:aws:iam::444455556666:role/irsa-operator"}
                """;

        assertThat(parse(account.formatted("444455556666")).resources()).isEmpty();
        assertInvalid(
                account.formatted("4444"), "IamAccount analytics", "spec.accountID", "kubectl explain iamaccount");
        assertInvalid(account.formatted("444455556666").replace("roleARN", "role"), "IamAccount analytics", "roleARN");
    }

    @Test
    void readsAccountOfAnEntitlement() throws InvalidFile {
        assertThat(parse("{apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: all}, spec: {"
                                + "namespaceSelector: {}, account: analytics}}")
                        .entitlements())
                .extracting(entitlement -> entitlement.getSpec().accountName())
                .containsExactly("analytics");
    }

    @Test
    void readsJson() throws InvalidFile {
        assertThat(parse("{\"apiVersion\": \"irsa.dev/v1beta1\", \"kind\": \"IamServiceAccount\","
                                + " \"metadata\": {\"name\": \"reader\"}, \"spec\": {}}")
                        .resources())
                .hasSize(1);
    }

    @Test
    void ignoresStatus() throws InvalidFile {
        assertThat(parse(RESOURCE + "status: {observedGeneration: 7, role: {name: x, arn: y, id: z}}\n")
                        .resources()
                        .getFirst()
                        .getStatus())
                .isNull();
    }

    @Test
    void acceptsEmptyFieldsAndPolicyDocuments() throws InvalidFile {
        assertThat(parse("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {name: reader}
                        spec:
                          suspend: false
                          token: null
                          role: {}
                          policies:
                            managed: []
                            inline: [{name: own, document: {Version: "2012-10-17", Statement: [{Sid: any, Effect: Deny}]}}]
                        """).resources()).hasSize(1);
    }

    @Test
    void namesUnknownField() {
        assertInvalid(
                RESOURCE.replace("managed", "managd"),
                "a.yaml, document 1: IamServiceAccount reader: unknown field spec.policies.managd",
                "expected inline or managed",
                "kubectl explain iamserviceaccount.spec");
        assertInvalid(
                RESOURCE.replace("managed: [AmazonS3ReadOnlyAccess]", "inline: [{nam: x, name: y, document: {}}]"),
                "spec.policies.inline[0].nam");
        assertInvalid(RESOURCE.replace("spec:", "sepc: {}\nspec:"), "unknown field sepc");
    }

    @Test
    void namesUnknownFieldWithoutValue() {
        assertInvalid(RESOURCE.replace("managed: [AmazonS3ReadOnlyAccess]", "managd: []"), "unknown field", "managd");
        assertInvalid(RESOURCE.replace("managed: [AmazonS3ReadOnlyAccess]", "managd: null"), "unknown field", "managd");
    }

    @Test
    void namesFieldOfWrongType() {
        assertInvalid(
                RESOURCE + "---\n" + RESOURCE.replace("reader", "other").replace("[AmazonS3ReadOnlyAccess]", "{a: b}"),
                "a.yaml, document 2: IamServiceAccount other: spec.policies.managed: expected a list, found an object");
    }

    @Test
    void namesMetadataOfWrongType() {
        assertInvalid(
                RESOURCE.replace("name: reader", "name: reader, labels: [a]"), "metadata.labels: expected an object");
        assertInvalid(
                "{apiVersion: v1, kind: Namespace, metadata: {name: x, labels: {a: true}}}",
                "Namespace x: metadata.labels.a: expected a string, found true");
        assertInvalid(
                "{apiVersion: v1, kind: ServiceAccount, metadata: x}", "metadata: expected an object, found \"x\"");
    }

    @Test
    void refusesNamesThatKubernetesRefuses() {
        String longest = "a".repeat(63);
        assertInvalid(RESOURCE.replace("reader", "Reader"), "metadata.name: expected a name of lower-case letters");
        assertInvalid(
                RESOURCE.replace("reader", longest + "a"), "metadata.name: expected at most 63 characters, found 64");
        assertInvalid(RESOURCE.replace("reader}", "reader, namespace: a.b}"), "metadata.namespace", "found \"a.b\"");
        assertInvalid("{apiVersion: v1, kind: Namespace, metadata: {name: a.b}}", "metadata.name", "found \"a.b\"");
    }

    @Test
    void acceptsLongestName() throws InvalidFile {
        assertThat(parse(RESOURCE.replace("reader", "a".repeat(61) + ".b")).resources())
                .hasSize(1);
    }

    @Test
    void refusesOtherVersionOfOurResources() {
        assertInvalid(RESOURCE.replace("v1beta1", "v1"), "irsa.dev/v1", "use irsa.dev/v1beta1");
    }

    @Test
    void refusesResourceWithoutNameOrSpec() {
        assertInvalid(
                RESOURCE.replace("name: reader", "labels: {a: b}"),
                "without a name",
                "metadata.name: expected a string");
        assertInvalid(RESOURCE.replaceAll("(?m)^spec.*$", ""), "reader: spec: expected an object, found nothing");
    }

    @Test
    void refusesNamespaceWithoutName() {
        assertInvalid("{apiVersion: v1, kind: Namespace}", "Namespace without a name: metadata.name: expected");
    }

    @Test
    void refusesSameResourceTwice() {
        assertInvalid(RESOURCE + "---\n" + RESOURCE, "second IamServiceAccount payments/reader");
    }

    @Test
    void resolvesAnchors() throws InvalidFile {
        assertThat(parse("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {name: reader}
                        spec: {role: {name: &name orders, description: *name}}
                        """).resources().getFirst().getSpec().role().description())
                .isEqualTo("orders");
    }

    @Test
    void resolvesMergeKeys() throws InvalidFile {
        assertThat(parse(RESOURCE.replace("{policies:", "{role: {<<: {description: merged}}, policies:"))
                        .resources()
                        .getFirst()
                        .getSpec()
                        .role()
                        .description())
                .isEqualTo("merged");
    }

    @Test
    void refusesAnchorsThatExpandWithoutEnd() {
        String bomb = "a: &a [x, x]\nb: [" + "*a, ".repeat(60) + "*a]\n";

        assertInvalid(bomb, "a.yaml is not valid YAML");
    }

    @Test
    void locatesInvalidYaml() {
        assertInvalid("a: [1,\nb: }", "a.yaml is not valid YAML at line 2");
    }
}
