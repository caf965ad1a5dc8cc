package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.TemplateLimit;
import dev.irsa.api.v1beta1.TemplateLimit.ParameterLimit;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.fixtures.entitlement.Platform;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a plan assumes of entitlements that its user may not read. */
class ReadableEntitlementsTest {
    private static IamEntitlementSpec assumed(String... specs) {
        List<IamServiceAccount> resources =
                Stream.of(specs).map(ReadableEntitlementsTest::resource).toList();
        return ReadableEntitlements.everything(new AwsAccount("aws", "111122223333", ""), resources)
                .getSpec();
    }

    private static IamServiceAccount resource(String spec) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setSpec(Serialization.unmarshal(spec, IamServiceAccountSpec.class));
        return resource;
    }

    @Test
    void assumesThatTheResourceIsAllowed() {
        String spec = """
                policies:
                  managed: [A, "arn:aws:iam::111122223333:policy/a/b"]
                  templates: [{name: s3-read, parameters: {bucket: "a*", prefix: ""}}]
                role: {name: mine, path: /irsa/prod/pay/, tags: {team: a}, maxSessionDurationSeconds: 43200}
                """;

        assertThat(new Platform()
                        .with("assumed", Serialization.asYaml(assumed(spec)))
                        .judge(spec))
                .isInstanceOf(EntitlementDecision.Allowed.class);
    }

    @Test
    void listsEachParameterThatAResourceSets() {
        assertThat(assumed(
                                "policies: {templates: [{name: t, parameters: {b: x}}]}",
                                "policies: {templates: [{name: t, parameters: {a: x, b: y}}, {name: s}]}")
                        .allow()
                        .templates())
                .containsExactly(
                        new TemplateLimit("s", List.of()),
                        new TemplateLimit(
                                "t",
                                List.of(new ParameterLimit("a", List.of("*")), new ParameterLimit("b", List.of("*")))));
    }
}
