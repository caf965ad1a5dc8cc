package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.ManifestParser;
import dev.irsa.kubectl.plan.YamlDocuments;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestYamlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static IamServiceAccount resource(IamServiceAccountSpec spec) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("cart").build());
        resource.setSpec(spec);
        return resource;
    }

    @Test
    void parsesToTheSameSpec() throws Exception {
        ObjectNode document = (ObjectNode) JSON.readTree("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow", "Action": [], "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalTag/on": ["yes", ""]}, "Null": {}}}]}""");
        IamServiceAccountSpec spec = new IamServiceAccountSpec(
                List.of(),
                new RoleSpec(
                        "cart",
                        "/",
                        "a: \"b\"\n\tc",
                        7200,
                        null,
                        Map.of("on", "", "null", "null", "1e3", "0123"),
                        AdoptionPolicy.IfOffered),
                null,
                new PoliciesSpec(List.of(), List.of(new InlinePolicy("queue", document))),
                new TokenSpec(null, 7200, false),
                null,
                true,
                List.of(),
                null);

        String yaml = ManifestYaml.of(resource(spec));

        ManifestParser parser = new ManifestParser("other");
        parser.add("a.yaml", yaml);
        assertThat(parser.manifests().resources())
                .singleElement()
                .extracting(IamServiceAccount::getSpec)
                .isEqualTo(spec);
        assertThat(yaml).contains("\"on\": \"\"", "Action: []", "Sid: \"\"", "\"Null\": {}");
    }

    /** The schema rejects defaults beside an external role. */
    @Test
    void leavesOutDefaults() {
        IamServiceAccountSpec spec = new IamServiceAccountSpec(
                List.of(),
                RoleSpec.DEFAULT,
                new ExternalRoleSpec("arn:aws:iam::111122223333:role/cart"),
                PoliciesSpec.NONE,
                TokenSpec.DEFAULT,
                null,
                false,
                List.of(),
                null);

        assertThat(ManifestYaml.of(resource(spec))).endsWith("""
                spec:
                  externalRole:
                    arn: arn:aws:iam::111122223333:role/cart
                """);
    }

    @Test
    void indentsLikeKubectl() throws Exception {
        JsonNode tree = JSON.readTree("""
                {"a": {"b": [{"c": 1, "d": ["x", ["y", {"z": true}]]}, "s"]}, "none": [], "empty": {}, "nil": null}""");

        assertThat(ManifestYaml.of(tree)).isEqualTo("""
                a:
                  b:
                  - c: 1
                    d:
                    - x
                    - - "y"
                      - z: true
                  - s
                none: []
                empty: {}
                nil: null
                """);
    }

    /** Each is something else than a text for some parser, or means something in YAML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                "on",
                "Off",
                "YES",
                "no",
                "y",
                "N",
                "null",
                "~",
                "True",
                "1e3",
                "0x1f",
                "010",
                "1:30",
                "2012-10-17",
                ".5",
                "-",
                "- a",
                "a: b",
                "a:",
                "a #b",
                "*",
                "&a",
                "!a",
                "{a}",
                "[a]",
                "%a",
                "@a",
                "`a",
                "'a",
                "\"a",
                "a\nb",
                "=",
                "<<"
            })
    void quotesWhatParsersMightMisread(String text) {
        assertThat(ManifestYaml.text(text)).startsWith("\"").endsWith("\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:iam::aws:policy/A", "s3:*", "External DNS", "/teams/shop/", "a", "one-two", "nothing"})
    void writesPlainTextsPlain(String text) {
        assertThat(ManifestYaml.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\ufeff", "\u0000", "\u200b"})
    void escapesWhatYamlTreatsAsBreakOrRejects(String text) {
        assertThat(ManifestYaml.text(text)).matches("\"\\\\[uU]0+[0-9a-fA-F]{2,4}\"");
    }

    @Property(tries = 300)
    void readsAsWritten(@ForAll String key, @ForAll String value) throws InvalidFile {
        JsonNode tree = JSON.createObjectNode()
                .set(wellFormed(key), JSON.createArrayNode().add(wellFormed(value)));

        assertThat(YamlDocuments.parse("a", ManifestYaml.of(tree))).containsExactly(tree);
    }

    /** JSON from servers has no half of a surrogate pair. */
    private static String wellFormed(String text) {
        return text.codePoints()
                .filter(character -> character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE)
                .limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
