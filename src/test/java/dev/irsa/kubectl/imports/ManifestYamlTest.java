package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1alpha1.Adopt;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.InlinePolicy;
import dev.irsa.api.v1alpha1.PoliciesSpec;
import dev.irsa.api.v1alpha1.RoleSpec;
import dev.irsa.api.v1alpha1.ServiceAccountSpec;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.kubectl.plan.ManifestParser;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                ServiceAccountSpec.DEFAULT,
                new RoleSpec(
                        "cart",
                        "/",
                        "a: \"b\"\n\tc",
                        7200,
                        null,
                        Map.of("on", "", "null", "null", "1e3", "0123"),
                        Adopt.IfTagged),
                new PoliciesSpec(List.of(), List.of(new InlinePolicy("queue", document))),
                new TokenSpec(null, 7200, false),
                null,
                true,
                List.of());

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
                ServiceAccountSpec.DEFAULT,
                new RoleSpec(
                        null,
                        null,
                        "",
                        RoleSpec.MIN_SESSION_SECONDS,
                        null,
                        Map.of(),
                        Adopt.Never,
                        "arn:aws:iam::111122223333:role/cart"),
                PoliciesSpec.NONE,
                TokenSpec.DEFAULT,
                null,
                false,
                List.of());

        assertThat(ManifestYaml.of(resource(spec))).endsWith("""
                spec:
                  role:
                    external: arn:aws:iam::111122223333:role/cart
                """);
    }
}
