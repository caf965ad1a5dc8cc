package dev.irsa.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.irsa.fixtures.docs.Manifests;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IamServiceAccountSpecTest {
    @Test
    void absentPartsReadAsTheirDefaults() {
        assertThat(read("{}")).isEqualTo(IamServiceAccountSpec.DEFAULT);
    }

    @Test
    void emptyPartsReadAsTheirDefaults() {
        assertThat(read("{serviceAccounts: [], role: {}, policies: {}, token: {}}"))
                .isEqualTo(IamServiceAccountSpec.DEFAULT);
    }

    @Test
    void nullPartsReadAsTheirDefaults() {
        assertThat(read("""
                serviceAccounts: null
                role: {description: null, maxSessionDurationSeconds: null, tags: null, adoption: null}
                policies: {managed: null, inline: null}
                token: null
                deletionPolicy: null
                suspend: null
                """)).isEqualTo(IamServiceAccountSpec.DEFAULT);
    }

    @Test
    void defaultsMatchTheReference() {
        var spec = IamServiceAccountSpec.DEFAULT;

        assertThat(spec.effectiveServiceAccounts("invoices"))
                .containsExactly(new ServiceAccountSpec("invoices", Management.CreateOrAnnotate));
        assertThat(spec.role()).isEqualTo(new RoleSpec(null, null, "", 3600, null, Map.of(), AdoptionPolicy.Never));
        assertThat(spec.policies()).isEqualTo(new PoliciesSpec(List.of(), List.of()));
        assertThat(spec.token()).isEqualTo(new TokenSpec(null, null, null));
        assertThat(spec.deletionPolicy()).isNull();
        assertThat(spec.suspend()).isFalse();
    }

    @Test
    void usesDefaultOnlyForAbsentSession() {
        assertThat(read("{role: {maxSessionDurationSeconds: 0}}").role().maxSessionDurationSeconds())
                .isZero();
        assertThat(read("{role: {maxSessionDurationSeconds: 7200}}").role().maxSessionDurationSeconds())
                .isEqualTo(7200);
    }

    @Test
    void readsEveryFieldAndWritesItBack() {
        var resource = Manifests.read("full.yaml");
        var spec = resource.getSpec();

        assertThat(spec.serviceAccounts())
                .containsExactly(new ServiceAccountSpec("ledger-writer", Management.Annotate));
        assertThat(spec.role())
                .isEqualTo(new RoleSpec(
                        "my-role",
                        "/irsa/prod/payments/",
                        "Writes the ledger (é is fine)",
                        7200,
                        "arn:aws:iam::111122223333:policy/boundary",
                        Map.of("team", "payments", "cost centre", "42 / größe"),
                        AdoptionPolicy.Never));
        assertThat(spec.policies().managed()).hasSize(3).startsWith("AmazonS3ReadOnlyAccess");
        assertThat(spec.policies().inline()).singleElement().satisfies(inline -> {
            assertThat(inline.name()).isEqualTo("read-invoices");
            assertThat(inline.document().at("/Statement/0/Action").asText()).isEqualTo("s3:GetObject");
        });
        assertThat(spec.token()).isEqualTo(new TokenSpec("sts.amazonaws.com", 3600, false));
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Retain);
        assertThat(spec.suspend()).isTrue();
        assertThat(Serialization.unmarshal(Serialization.asJson(resource), IamServiceAccount.class))
                .isEqualTo(resource);
    }

    @Test
    void writesNoNulls() {
        assertThat(Serialization.asJson(IamServiceAccountSpec.DEFAULT))
                .doesNotContain("null")
                .doesNotContain("deletionPolicy", "audience", "path");
    }

    @Test
    void ignoresFieldsOfNewerVersion() {
        assertThat(read("{role: {externalId: x, name: my-role}, podIdentity: true}"))
                .isEqualTo(read("{role: {name: my-role}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{deletionPolicy: Orphan}",
                "{serviceAccounts: [{name: invoices, management: Manage}]}",
                "{role: {adoption: Always}}"
            })
    void refusesUnknownEnumValue(String spec) {
        assertThatThrownBy(() -> read(spec))
                .rootCause()
                .hasMessageContaining("not one of the values accepted for Enum class");
    }

    @Test
    void collectionsAreCopiedAndCannotBeChanged() {
        var managed = new ArrayList<>(List.of("AmazonS3ReadOnlyAccess"));
        var inline = new ArrayList<InlinePolicy>();
        var tags = new HashMap<>(Map.of("team", "payments"));
        var policies = new PoliciesSpec(managed, inline);
        var role = new RoleSpec(null, null, "", 3600, null, tags, AdoptionPolicy.Never);

        managed.add("IAMFullAccess");
        inline.add(new InlinePolicy("all", JsonNodeFactory.instance.objectNode()));
        tags.put("team", "billing");

        assertThat(policies.managed()).isUnmodifiable().containsExactly("AmazonS3ReadOnlyAccess");
        assertThat(policies.inline()).isUnmodifiable().isEmpty();
        assertThat(role.tags()).isUnmodifiable().isEqualTo(Map.of("team", "payments"));
    }

    @Test
    void writesTagsInStableOrder() {
        assertThat(read("{role: {tags: {b: 1, c: 2, a: 3}}}").role().tags().keySet())
                .containsExactly("a", "b", "c");
    }

    @Test
    void documentsAreCopiedInAndOut() {
        var document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var policy = new InlinePolicy("read", document);

        document.put("Version", "changed before");
        policy.document().put("Version", "changed after");

        assertThat(policy.document().path("Version").asText()).isEqualTo("2012-10-17");
    }

    private static IamServiceAccountSpec read(String yaml) {
        return Serialization.unmarshal(yaml.startsWith("{") ? "---\n" + yaml : yaml, IamServiceAccountSpec.class);
    }
}
