package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.TemplateLimit;
import dev.irsa.api.v1beta1.TemplateLimit.ParameterLimit;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A file with an entitlement for another account says nothing about the account of the operator. */
    @ParameterizedTest
    @CsvSource({"account: analytics, assumed", "'', the files"})
    void countsOnlyEntitlementsForTheAccountOfTheOperator(String account, String decides) throws InvalidFile {
        ManifestParser parser = new ManifestParser("payments");
        parser.add(
                "a.yaml",
                "{apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: all}, spec: {namespaceSelector: {}, "
                        + account + "}}");
        EntitlementSource denied = (EntitlementSource) Proxy.newProxyInstance(
                EntitlementSource.class.getClassLoader(), new Class<?>[] {EntitlementSource.class}, (_, _, _) -> {
                    throw new FailureException(new Failure.AccessDenied("list iamentitlements", "forbidden"));
                });
        List<String> warnings = new ArrayList<>();

        List<IamEntitlement> entitlements = new ReadableEntitlements(
                        denied, parser.manifests(), new AwsAccount("aws", "111122223333", ""), warnings::add)
                .entitlements();

        assertThat(entitlements)
                .extracting(entitlement -> entitlement.getMetadata().getName())
                .isEqualTo(decides.equals("assumed") ? List.of("assumed") : List.of());
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        decides.equals("assumed") ? "allows everything" : "only the entitlements in the files decide");
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
