package dev.irsa.kubectl.rolespec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.fixtures.entitlement.Platform;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinimalEntitlementsTest {
    private static final Map<String, String> PAYMENTS = Map.of("kubernetes.io/metadata.name", "payments");
    private static final String RESOURCE = """
            role: {name: legacy, path: /irsa/prod/old/, maxSessionDurationSeconds: 7200, tags: {team: a}}
            policies:
              managed: [AmazonS3ReadOnlyAccess]
              inline: [{name: read, document: {Version: '2012-10-17', Statement: [
                {Effect: Allow, Action: 'sqs:Send*', Resource: '*'}, {Effect: Deny, Action: '*', Resource: '*'}]}}]
            """;

    @Test
    void allowsTheResource() {
        assertThat(decision(RESOURCE, Map.of())).isInstanceOf(EntitlementDecision.Denied.class);
        assertThat(decision(RESOURCE, PAYMENTS)).isInstanceOf(EntitlementDecision.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AmazonS3ReadOnlyAccess -> AmazonS3FullAccess",
                "sqs:Send* -> sqs:*",
                "sqs:Send* -> sqs:ReceiveMessage",
                "7200 -> 7201",
                "team: a -> team: b",
                "team: a -> owner: a",
                "name: legacy -> name: other",
                "/irsa/prod/old/ -> /irsa/prod/old/deeper/",
            })
    void allowsNothingElse(String replacement) {
        String[] parts = replacement.split(" -> ", -1);

        assertThat(decision(RESOURCE.replace(parts[0], parts[1]), PAYMENTS))
                .isInstanceOf(EntitlementDecision.Denied.class);
    }

    @Test
    void limitsTheNumberOfRoles() {
        assertThat(only(List.of(spec(RESOURCE))).limits().rolesPerNamespace()).isEqualTo(3);
    }

    @Test
    void requiresTheBoundaryOfEachResource() {
        IamServiceAccountSpec bounded = spec("role: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/b'}");

        assertThat(MinimalEntitlements.of("payments", List.of(bounded, spec("role: {}"), bounded), 3))
                .extracting(entitlement -> entitlement.require().permissionsBoundaryARN())
                .containsExactly(null, "arn:aws:iam::111122223333:policy/b");
    }

    @Test
    void listsEachNameAndPathOnce() {
        List<IamServiceAccountSpec> specs = List.of(
                spec("role: {name: b, path: /old/}"), spec("role: {name: a, path: /old/}"), spec("role: {name: b}"));

        assertThat(only(specs).allow().roleNames()).containsExactly("a", "b");
        assertThat(only(specs).allow().rolePaths()).containsExactly("/old/");
        assertThat(only(List.of(spec("role: {}"))).allow().roleNames()).isEmpty();
    }

    @Test
    void allowsTheRolesOfOthers() {
        String resource = "externalRole: {arn: 'arn:aws:iam::111122223333:role/shared'}";
        List<IamServiceAccountSpec> specs = IntStream.range(0, 101)
                .mapToObj(number -> spec(resource.replace("shared", "shared-" + number)))
                .toList();
        Platform platform = new Platform().with("imported", Serialization.asYaml(only(List.of(spec(resource)))));

        assertThat(platform.judge(resource, PAYMENTS)).isInstanceOf(EntitlementDecision.Allowed.class);
        assertThat(platform.judge(resource.replace("shared", "other"), PAYMENTS))
                .isInstanceOf(EntitlementDecision.Denied.class);
        assertThat(MinimalEntitlements.of("payments", specs, 101))
                .extracting(
                        entitlement -> entitlement.allow().externalRoleARNs().size())
                .containsExactly(100, 1);
    }

    @Test
    void splitsNamesThatAreTooMany() {
        List<IamServiceAccountSpec> specs = IntStream.range(0, 51)
                .mapToObj(number -> spec("role: {name: r" + number + "}"))
                .toList();

        assertThat(MinimalEntitlements.of("payments", specs, 51))
                .extracting(entitlement -> entitlement.allow().roleNames().size())
                .containsExactly(50, 1);
    }

    @Test
    void splitsListsThatAreTooLong() {
        List<IamServiceAccountSpec> specs = IntStream.range(0, 101)
                .mapToObj(number -> spec("policies: {managed: [P" + number + "]}"))
                .toList();

        assertThat(MinimalEntitlements.of("payments", specs, 3))
                .extracting(entitlement -> entitlement.allow().managedPolicies().size())
                .containsExactly(100, 1);
    }

    private static EntitlementDecision decision(String resource, Map<String, String> labels) {
        return new Platform()
                .with("imported", Serialization.asYaml(only(List.of(spec(RESOURCE)))))
                .judge(resource, labels);
    }

    private static IamEntitlementSpec only(List<IamServiceAccountSpec> specs) {
        List<IamEntitlementSpec> all = MinimalEntitlements.of("payments", specs, 3);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static IamServiceAccountSpec spec(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, IamServiceAccountSpec.class);
    }
}
