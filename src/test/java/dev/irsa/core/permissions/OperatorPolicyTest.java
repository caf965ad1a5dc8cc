package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyGrammar;
import dev.irsa.fixtures.permissions.Sample;
import dev.irsa.fixtures.permissions.Undeniable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorPolicyTest {
    private static final List<String> BOUNDARIES = List.of(Sample.BOUNDARY);
    private static final List<String> ATTACHABLE = List.of(Sample.ALLOWED);

    @Test
    void grantsEachActionAndNoOther() {
        Set<String> all = new TreeSet<>();
        Arrays.stream(AwsAction.values()).map(AwsAction::id).forEach(all::add);
        all.remove(AwsAction.GET_CALLER_IDENTITY.id());
        all.remove(AwsAction.GET_ACCOUNT_SUMMARY.id());

        assertThat(granted(
                        Sample.withAccount(Sample.associating(Sample.scope(List.of(), BOUNDARIES, ATTACHABLE, true)))))
                .isEqualTo(all);
    }

    @Test
    void readsTheQuotaOfRolesInOtherAccountsOnly() {
        PermissionScope scope = Sample.scope(List.of(), BOUNDARIES, ATTACHABLE, true);
        Set<String> all = new TreeSet<>(granted(scope));
        all.add("iam:GetAccountSummary");

        assertThat(granted(OperatorPolicy.inOtherAccount(scope))).isEqualTo(all);
    }

    @Test
    void managesAssociationsOnlyIfRequested() {
        assertThat(granted(Sample.scope(List.of("/teams/"), BOUNDARIES, ATTACHABLE, true)))
                .allMatch(action -> action.startsWith("iam:"))
                .doesNotContain("iam:PassRole");
    }

    @Test
    void requiresBoundaryForUnlimitedActions() {
        assertThat(granted(Sample.scope(List.of(), List.of(), ATTACHABLE, true)))
                .contains("iam:AttachRolePolicy")
                .doesNotContain("iam:PutRolePolicy", "iam:PutRolePermissionsBoundary");
        assertThat(granted(Sample.scope(List.of(), List.of(), List.of(), true)))
                .doesNotContain("iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary");
    }

    @Test
    void createsProviderOnlyIfRequested() {
        assertThat(granted(Sample.scope(List.of(), BOUNDARIES, ATTACHABLE, false)))
                .contains("iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviders")
                .doesNotContain(
                        "iam:CreateOpenIDConnectProvider",
                        "iam:TagOpenIDConnectProvider",
                        "iam:AddClientIDToOpenIDConnectProvider");
    }

    @Test
    void restrictsWritesToPaths() {
        assertThat(resources(
                        OperatorPolicy.of(Sample.scope(List.of("/teams/"), BOUNDARIES, ATTACHABLE, false)),
                        "iam:DeleteRole"))
                .containsExactly(Sample.role("irsa/production/*"), Sample.role("teams/*"));
        // A path within another path adds no permissions.
        assertThat(resources(
                        OperatorPolicy.of(Sample.scope(List.of("/irsa/", "/irsa/x/"), BOUNDARIES, ATTACHABLE, false)),
                        "iam:DeleteRole"))
                .containsExactly(Sample.role("irsa/*"));
        assertThat(resources(
                        OperatorPolicy.of(Sample.scope(List.of("/irsa/"), BOUNDARIES, ATTACHABLE, false)),
                        "iam:CreateRole"))
                .containsExactly(Sample.role("irsa/production/*"));
    }

    @Test
    void usesPartitionInEveryArn() {
        PermissionScope china = new PermissionScope(
                "production",
                new AwsAccount("aws-cn", Sample.ACCOUNT, Sample.ITSELF.name()),
                Optional.of(new EksCluster("cn-north-1", "production")),
                "/irsa/production/",
                AdoptionScope.of(List.of("/"), Set.of()),
                List.of(),
                List.of(),
                Optional.of(Sample.ISSUER),
                true,
                true,
                Sample.ITSELF,
                List.of());

        assertThat(OperatorPolicy.of(china).text()
                        + OperatorTrust.irsa(china, List.of(), "a", "b")
                        + OperatorTrust.podIdentity(china, "a", "b"))
                .contains("arn:aws-cn:iam::", "arn:aws-cn:eks:cn-north-1:")
                .doesNotContain("arn:aws:");
    }

    @Test
    void countsSizeWithoutWhiteSpace() {
        PermissionScope scope = Sample.scope(List.of(), BOUNDARIES, ATTACHABLE, true);
        String text = PrettyJson.of(OperatorPolicy.of(scope));

        assertThat(OperatorPolicy.size(scope))
                .isEqualTo(text.replaceAll("\\s", "").length());
    }

    @Test
    void countsSizeOfAssociations() {
        PermissionScope scope = Sample.scope(List.of(), BOUNDARIES, ATTACHABLE, true);
        PermissionScope associating = Sample.associating(scope);

        assertThat(OperatorPolicy.associationsSize(scope)).isZero();
        assertThat(OperatorPolicy.associationsSize(associating))
                .isEqualTo(OperatorPolicy.size(associating) - OperatorPolicy.size(scope))
                .isBetween(1000, 1600);
    }

    static Set<PolicyDocument> policies() {
        return Sample.policies().entrySet().stream()
                .filter(policy -> !policy.getKey().equals(Undeniable.TRUSTING))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void producesValidPolicy(PolicyDocument policy) {
        JsonNode statements = policy.json().path("Statement");

        assertThat(policy.size()).isLessThanOrEqualTo(OperatorPolicy.MAX_SIZE);
        assertThat(statements.findValuesAsText("Sid"))
                .hasSize(statements.size())
                .doesNotHaveDuplicates()
                .allMatch(sid -> sid.matches("([A-Z][a-z]+){3,}"));
        assertThat(PolicyGrammar.problemsOf(policy.json())).isEmpty();
    }

    private static Set<String> granted(PermissionScope scope) {
        return granted(OperatorPolicy.of(scope));
    }

    private static Set<String> granted(PolicyDocument policy) {
        Set<String> granted = new TreeSet<>();
        policy.json().path("Statement").forEach(statement -> granted.addAll(strings(statement.path("Action"))));
        return granted;
    }

    private static List<String> resources(PolicyDocument policy, String action) {
        return policy.json()
                .path("Statement")
                .valueStream()
                .filter(statement -> strings(statement.path("Action")).contains(action))
                .flatMap(statement -> strings(statement.path("Resource")).stream())
                .toList();
    }

    private static List<String> strings(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asText).toList() : List.of(value.asText());
    }
}
