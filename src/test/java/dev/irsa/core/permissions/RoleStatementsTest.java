package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Builds the statements about roles of the operator of the cluster production. */
class RoleStatementsTest {
    private static final List<String> NONE = List.of();
    private static final List<String> BOUNDARIES = List.of(Sample.BOUNDARY);
    private static final List<String> ATTACHABLE = List.of(Sample.ALLOWED);
    private static final String PATH = "\"" + Sample.role("irsa/production/*") + "\"";
    private static final String REQUESTED = """
            "aws:RequestTag/irsa.dev/cluster": "production\"""";
    private static final String REQUESTED_TAGS = """
            "aws:RequestTag/irsa.dev/cluster-id": "false",
            "aws:RequestTag/irsa.dev/issuer": "false",
            "aws:RequestTag/irsa.dev/resource": "false",
            "aws:RequestTag/irsa.dev/adoptable-by": "true\"""";

    @Test
    void createsRolesWithOwnershipTagsUnderRolePath() {
        assertStatement(statements(NONE, NONE, NONE), """
                {"Sid": "CreateRolesThatCarryItsTags", "Effect": "Allow", "Action": "iam:CreateRole", "Resource": %s,
                 "Condition": {"StringEquals": {%s}, "Null": {%s}}}""".formatted(PATH, REQUESTED, REQUESTED_TAGS));
    }

    @Test
    void createsRolesWithBoundaryIfOneIsRequired() {
        assertStatement(statements(List.of("/teams/"), BOUNDARIES, NONE), """
                {"Sid": "CreateRolesThatCarryItsTags", "Effect": "Allow", "Action": "iam:CreateRole", "Resource": %s,
                 "Condition": {"StringEquals": {%s, "iam:PermissionsBoundary": "%s"}, "Null": {%s}}}""".formatted(
                        PATH, REQUESTED, Sample.BOUNDARY, REQUESTED_TAGS));
    }

    @Test
    void tagsNewRolesOnlyIfTheyHaveNoOwner() {
        assertStatement(statements(NONE, NONE, NONE), """
                {"Sid": "TagRolesThatItCreates", "Effect": "Allow", "Action": "iam:TagRole", "Resource": %s,
                 "Condition": {"StringEquals": {%s}, "Null": {%s, "aws:ResourceTag/irsa.dev/cluster": "true"}}}""".formatted(PATH, REQUESTED, REQUESTED_TAGS));
    }

    @Test
    void tagsOwnRolesWithoutGivingThemAway() {
        assertStatement(statements(NONE, NONE, NONE), """
                {"Sid": "TagItsOwnRoles", "Effect": "Allow", "Action": "iam:TagRole", "Resource": %s,
                 "Condition": {
                   "StringEquals": {"aws:ResourceTag/irsa.dev/cluster": "production"},
                   "StringEqualsIfExists": {"aws:RequestTag/irsa.dev/cluster": "production"},
                   "StringLikeIfExists": {"aws:RequestTag/irsa.dev/adoptable-by": "production/*"}}}""".formatted(PATH));
    }

    @Test
    void adoptsOnlyUnownedRolesWhoseTagConsents() {
        assertStatement(statements(List.of("/teams/"), NONE, NONE), """
                {"Sid": "AdoptRolesWhoseTagConsents", "Effect": "Allow", "Action": "iam:TagRole",
                 "Resource": [%s, "%s"],
                 "Condition": {
                   "StringEquals": {%s},
                   "Null": {%s, "aws:ResourceTag/irsa.dev/cluster": "true"},
                   "StringLike": {"aws:ResourceTag/irsa.dev/adoptable-by": "production/*"}}}""".formatted(
                        PATH, Sample.role("teams/*"), REQUESTED, REQUESTED_TAGS));
    }

    @Test
    void changesAndDeletesOwnRolesWithAnyBoundary() {
        String change = """
                {"Sid": "ChangeItsOwnRoles", "Effect": "Allow",
                 "Action": ["iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:UntagRole", %s"iam:UpdateRole"],
                 "Resource": %s,
                 "Condition": {"StringEquals": {"aws:ResourceTag/irsa.dev/cluster": "production"}}}""";

        assertStatement(statements(NONE, BOUNDARIES, ATTACHABLE), change.formatted("", PATH));
        assertStatement(statements(NONE, NONE, ATTACHABLE), change.formatted("\"iam:UpdateAssumeRolePolicy\", ", PATH));
    }

    @Test
    void attachesPoliciesWithinBoundaryOrList() {
        String attach = """
                {"Sid": "AttachPoliciesToItsOwnRoles", "Effect": "Allow", "Action": "iam:AttachRolePolicy",
                 "Resource": %s,
                 "Condition": {"StringEquals": {"aws:ResourceTag/irsa.dev/cluster": "production"%s}%s}}""";
        String bounded = ", \"iam:PermissionsBoundary\": \"" + Sample.BOUNDARY + "\"";
        String listed = ", \"ArnLike\": {\"iam:PolicyARN\": \"" + Sample.ALLOWED + "\"}";

        assertStatement(statements(NONE, BOUNDARIES, ATTACHABLE), attach.formatted(PATH, bounded, listed));
        assertStatement(statements(NONE, BOUNDARIES, NONE), attach.formatted(PATH, bounded, ""));
        assertStatement(statements(NONE, NONE, ATTACHABLE), attach.formatted(PATH, "", listed));
    }

    @Test
    void changesPoliciesBoundariesAndTrustPoliciesWithinBoundary() {
        assertStatement(statements(NONE, BOUNDARIES, NONE), """
                {"Sid": "GrantWithinBoundaries", "Effect": "Allow",
                 "Action": ["iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
                 "Resource": %s,
                 "Condition": {"StringEquals": {
                   "aws:ResourceTag/irsa.dev/cluster": "production", "iam:PermissionsBoundary": "%s"}}}""".formatted(PATH, Sample.BOUNDARY));
    }

    @Test
    void grantsNoPoliciesWithoutBoundaryAndList() {
        assertThat(sids(statements(NONE, NONE, NONE)))
                .containsExactly(
                        "CreateRolesThatCarryItsTags",
                        "TagRolesThatItCreates",
                        "TagItsOwnRoles",
                        "AdoptRolesWhoseTagConsents",
                        "ChangeItsOwnRoles",
                        "LiftNoQuarantine");
    }

    @Test
    void neverDetachesQuarantinePoliciesOfAws() {
        assertStatement(statements(NONE, BOUNDARIES, ATTACHABLE), """
                {"Sid": "LiftNoQuarantine", "Effect": "Deny", "Action": "iam:DetachRolePolicy", "Resource": "*",
                 "Condition": {"ArnLike": {"iam:PolicyARN": [
                   "arn:aws:iam::aws:policy/AWSDenyAll", "arn:aws:iam::aws:policy/AWSCompromised*"]}}}""");
    }

    @Test
    void neverTouchesRoleOfOperatorUnderAdoptionPath() {
        assertStatement(statements(List.of("/"), NONE, NONE), """
                {"Sid": "NeverTouchTheRoleOfTheOperator", "Effect": "Deny",
                 "Action": ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePolicy",
                   "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:TagRole",
                   "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"],
                 "Resource": "%s"}""".formatted(Sample.role("irsa-operator")));
        assertThat(sids(statements(List.of("/teams/"), NONE, NONE))).doesNotContain("NeverTouchTheRoleOfTheOperator");
    }

    @Test
    void neverTouchesRoleOfOperatorThatMatchesAnAdoptionRole() {
        for (String pattern : List.of("/irsa-operator", "/irsa-*", "/i*r")) {
            assertThat(sids(statements(AdoptionScope.of(NONE, List.of(pattern)), NONE, NONE)))
                    .contains("NeverTouchTheRoleOfTheOperator");
        }
        for (String pattern : List.of("/irsa-operators", "/x-*", "/i/*")) {
            assertThat(sids(statements(AdoptionScope.of(NONE, List.of(pattern)), NONE, NONE)))
                    .doesNotContain("NeverTouchTheRoleOfTheOperator");
        }
    }

    /** In IAM, {@code *} also matches slashes. */
    @Test
    void neverTouchesRoleOfOperatorWhosePathMatchesAnAdoptionRole() {
        PermissionScope scope = new PermissionScope(
                "production",
                new AwsAccount("aws", Sample.ACCOUNT, "operator"),
                Optional.empty(),
                "/irsa/production/",
                AdoptionScope.of(NONE, List.of("/plat*")),
                NONE,
                NONE,
                Optional.empty(),
                false,
                false,
                new OperatorRole("/platform/", "operator"),
                List.of());

        assertThat(sids(new RoleStatements(scope)
                        .all().stream().<JsonNode>map(Statement::json).toList()))
                .contains("NeverTouchTheRoleOfTheOperator");
    }

    @Test
    void managesAdoptedRolesByName() {
        AdoptionScope adoption = AdoptionScope.of(
                List.of("/teams/"), List.of("/eksctl-*", "/eksctl-**", "/eksctl-prod-*", "/by/hand", "/teams/x*"));

        assertThat(resources(statements(adoption, NONE, NONE), "ChangeItsOwnRoles"))
                .containsExactly(
                        Sample.role("irsa/production/*"),
                        Sample.role("teams/*"),
                        Sample.role("by/hand"),
                        Sample.role("eksctl-*"));
        assertThat(resources(statements(adoption, NONE, NONE), "CreateRolesThatCarryItsTags"))
                .containsExactly(Sample.role("irsa/production/*"));
    }

    @Test
    void passesNoRoleOfOperatorUnderAdoptionPath() {
        assertThat(new RoleStatements(Sample.associating(Sample.scope(List.of("/"), NONE, NONE, false)))
                        .all().stream().<JsonNode>map(Statement::json))
                .filteredOn(statement -> statement.path("Sid").asText().equals("NeverTouchTheRoleOfTheOperator"))
                .singleElement()
                .satisfies(deny -> assertThat(deny.path("Action"))
                        .extracting(JsonNode::asText)
                        .contains("iam:PassRole", "iam:DeleteRole"));
    }

    @Test
    void omitsPathsWithinOtherPaths() {
        assertThat(resources(List.of("/irsa/", "/irsa/x/", "/teams/")))
                .containsExactly(Sample.role("irsa/*"), Sample.role("teams/*"));
        assertThat(resources(List.of("/irsa/production/", "/teams/")))
                .contains(Sample.role("irsa/production/*"), Sample.role("teams/*"));
    }

    private static List<String> resources(List<String> adoptionPaths) {
        return resources(statements(adoptionPaths, NONE, NONE), "ChangeItsOwnRoles");
    }

    private static List<String> resources(List<JsonNode> statements, String sid) {
        return statements.stream()
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .map(statement -> statement.path("Resource"))
                .flatMap(resource -> resource.isTextual() ? Stream.of(resource) : resource.valueStream())
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> sids(List<JsonNode> statements) {
        return statements.stream()
                .map(statement -> statement.path("Sid").asText())
                .toList();
    }

    private static List<JsonNode> statements(
            List<String> adoptionPaths, List<String> boundaries, List<String> attachable) {
        return statements(AdoptionScope.of(adoptionPaths, Set.of()), boundaries, attachable);
    }

    private static List<JsonNode> statements(AdoptionScope adoption, List<String> boundaries, List<String> attachable) {
        return new RoleStatements(Sample.scope(adoption, boundaries, attachable, false))
                .all().stream().<JsonNode>map(Statement::json).toList();
    }

    private static void assertStatement(List<JsonNode> statements, String expected) {
        assertThat(statements).contains(PolicyDocument.parse(expected).json());
    }
}
