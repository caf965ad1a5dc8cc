package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Builds the statements about associations of the operator of the cluster production, which is called main in EKS. */
class AssociationStatementsTest {
    private static final List<String> NONE = List.of();
    private static final String CLUSTER = "arn:aws:eks:eu-west-1:111122223333:cluster/main";
    private static final String ASSOCIATIONS = "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/main/*";
    private static final String REQUESTED = """
            "aws:RequestTag/irsa.dev/cluster": "production\"""";
    private static final String REQUESTED_TAGS = """
            "aws:RequestTag/irsa.dev/cluster-id": "false",
            "aws:RequestTag/irsa.dev/issuer": "false",
            "aws:RequestTag/irsa.dev/resource": "false\"""";

    @Test
    void readsEveryAssociationOfItsCluster() {
        assertStatement(statements(NONE), """
                {"Sid": "SeeEveryAssociationOfItsCluster", "Effect": "Allow",
                 "Action": ["eks:DescribePodIdentityAssociation", "eks:ListPodIdentityAssociations"],
                 "Resource": ["%s", "%s"]}""".formatted(CLUSTER, ASSOCIATIONS));
    }

    @Test
    void createsAssociationsWithOwnershipTags() {
        assertStatement(statements(NONE), """
                {"Sid": "CreateAssociationsThatCarryItsTags", "Effect": "Allow",
                 "Action": "eks:CreatePodIdentityAssociation", "Resource": "%s",
                 "Condition": {"StringEquals": {%s}, "Null": {%s}}}""".formatted(CLUSTER, REQUESTED, REQUESTED_TAGS));
    }

    @Test
    void tagsNoAssociationsOfOtherClusters() {
        assertStatement(statements(NONE), """
                {"Sid": "TagAssociationsThatItCreates", "Effect": "Allow", "Action": "eks:TagResource",
                 "Resource": "%s",
                 "Condition": {"StringEquals": {%s},
                   "StringEqualsIfExists": {"aws:ResourceTag/irsa.dev/cluster": "production"}}}""".formatted(ASSOCIATIONS, REQUESTED));
    }

    @Test
    void changesAndDeletesOwnAssociations() {
        assertStatement(statements(NONE), """
                {"Sid": "ChangeItsOwnAssociations", "Effect": "Allow",
                 "Action": ["eks:DeletePodIdentityAssociation", "eks:UpdatePodIdentityAssociation"],
                 "Resource": "%s",
                 "Condition": {"StringEquals": {"aws:ResourceTag/irsa.dev/cluster": "production"}}}""".formatted(ASSOCIATIONS));
    }

    @Test
    void passesRolesOfItsPathsToPodsOnly() {
        String pass = """
                {"Sid": "PassRolesToPodsOnly", "Effect": "Allow", "Action": "iam:PassRole", "Resource": %s,
                 "Condition": {"StringEquals": {"iam:PassedToService": "pods.eks.amazonaws.com"}}}""";
        String path = "\"" + Sample.role("irsa/production/*") + "\"";

        assertStatement(statements(NONE), pass.formatted(path));
        assertStatement(
                statements(List.of("/teams/")), pass.formatted("[" + path + ", \"" + Sample.role("teams/*") + "\"]"));
    }

    private static List<JsonNode> statements(List<String> adoptionPaths) {
        return new AssociationStatements(Sample.associating(Sample.scope(adoptionPaths, NONE, NONE, false)))
                .all().stream().<JsonNode>map(Statement::json).toList();
    }

    private static void assertStatement(List<JsonNode> statements, String expected) {
        assertThat(statements).contains(PolicyDocument.parse(expected).json());
    }
}
