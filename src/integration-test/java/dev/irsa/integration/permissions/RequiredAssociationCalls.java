package dev.irsa.integration.permissions;

import static dev.irsa.fixtures.permissions.Sample.ASSOCIATING;
import static dev.irsa.fixtures.permissions.Sample.ASSOCIATING_ANYWHERE;
import static dev.irsa.fixtures.permissions.Sample.OTHERS;
import static dev.irsa.fixtures.permissions.Sample.OWNED;
import static dev.irsa.fixtures.permissions.Sample.and;
import static dev.irsa.fixtures.permissions.Sample.association;
import static dev.irsa.fixtures.permissions.Sample.eksCluster;
import static dev.irsa.fixtures.permissions.Sample.ownRole;
import static dev.irsa.fixtures.permissions.Sample.role;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import java.util.List;
import java.util.stream.Stream;

/**
 * The calls of the operator for EKS Pod Identity associations, and the checks of AWS that follow from them. The cluster
 * production of the operator is called main in EKS.
 */
final class RequiredAssociationCalls {
    private static final String ASSOCIATION = association("main");

    private RequiredAssociationCalls() {}

    static List<Attempt> all() {
        return Stream.of(reads(), creation(), changes()).flatMap(List::stream).toList();
    }

    private static List<Attempt> reads() {
        Attempt describe = Attempt.of(
                "describes its own association", ASSOCIATING, AwsAction.DESCRIBE_POD_IDENTITY_ASSOCIATION, ASSOCIATION);
        return List.of(
                Attempt.of(
                        "lists the associations",
                        ASSOCIATING,
                        AwsAction.LIST_POD_IDENTITY_ASSOCIATIONS,
                        eksCluster("main")),
                describe.onTagged(OWNED),
                describe.as("describes an association without tags"),
                describe.as("describes an association with the tags of another cluster")
                        .onTagged(OTHERS));
    }

    private static List<Attempt> creation() {
        Attempt create = Attempt.of(
                "creates an association", ASSOCIATING, AwsAction.CREATE_POD_IDENTITY_ASSOCIATION, eksCluster("main"));
        Attempt tag = Attempt.of(
                "tags an association as it is created", ASSOCIATING, AwsAction.EKS_TAG_RESOURCE, ASSOCIATION);
        return List.of(
                create.requesting(OWNED),
                create.as("creates an association with tags of users").requesting(and(OWNED, "team", "payments")),
                tag.requesting(OWNED),
                tag.as("tags an association as it is created, if AWS counts these tags as its tags")
                        .requesting(OWNED)
                        .onTagged(OWNED));
    }

    private static List<Attempt> changes() {
        Attempt pass = Attempt.of("gives pods its own role", ASSOCIATING, AwsAction.PASS_ROLE, ownRole())
                .with("iam:PassedToService", "pods.eks.amazonaws.com");
        return List.of(
                Attempt.of(
                                "replaces the role of its own association",
                                ASSOCIATING,
                                AwsAction.UPDATE_POD_IDENTITY_ASSOCIATION,
                                ASSOCIATION)
                        .onTagged(OWNED),
                Attempt.of(
                                "deletes its own association",
                                ASSOCIATING,
                                AwsAction.DELETE_POD_IDENTITY_ASSOCIATION,
                                ASSOCIATION)
                        .onTagged(OWNED),
                pass,
                Attempt.of(
                                "gives pods a role that it adopted elsewhere",
                                ASSOCIATING_ANYWHERE,
                                AwsAction.PASS_ROLE,
                                role("teams/payments/invoices"))
                        .with("iam:PassedToService", "pods.eks.amazonaws.com"),
                Attempt.of("reads a role that it gives to pods", ASSOCIATING, AwsAction.GET_ROLE, ownRole()));
    }
}
