package dev.irsa.integration.permissions;

import static dev.irsa.fixtures.permissions.Sample.ASSOCIATING;
import static dev.irsa.fixtures.permissions.Sample.ASSOCIATING_ANYWHERE;
import static dev.irsa.fixtures.permissions.Sample.BOUNDED;
import static dev.irsa.fixtures.permissions.Sample.OTHERS;
import static dev.irsa.fixtures.permissions.Sample.OWNED;
import static dev.irsa.fixtures.permissions.Sample.and;
import static dev.irsa.fixtures.permissions.Sample.association;
import static dev.irsa.fixtures.permissions.Sample.eksCluster;
import static dev.irsa.fixtures.permissions.Sample.ownRole;
import static dev.irsa.fixtures.permissions.Sample.role;
import static dev.irsa.fixtures.permissions.Sample.without;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Attempts of an attacker with the operator's credentials on EKS Pod Identity associations. The cluster production of the
 * operator is called main in EKS.
 */
final class AssociationEscalations {
    private static final String PASSED_TO = "iam:PassedToService";
    private static final String PODS = "pods.eks.amazonaws.com";

    private AssociationEscalations() {}

    static List<Attempt> all() {
        return Stream.of(reads(), creation(), tags(), foreignAssociations(), roles())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attempt> reads() {
        return List.of(
                Attempt.of(
                        "lists the associations of another cluster",
                        ASSOCIATING,
                        AwsAction.LIST_POD_IDENTITY_ASSOCIATIONS,
                        eksCluster("staging")),
                Attempt.of(
                        "describes an association of another cluster",
                        ASSOCIATING,
                        AwsAction.DESCRIBE_POD_IDENTITY_ASSOCIATION,
                        association("staging")),
                Attempt.of(
                        "describes an association without --pod-identity",
                        BOUNDED,
                        AwsAction.DESCRIBE_POD_IDENTITY_ASSOCIATION,
                        association("production")));
    }

    private static List<Attempt> creation() {
        List<Attempt> all = new ArrayList<>(List.of(
                create("creates an association without tags", eksCluster("main")),
                create("creates an association with the tags of another cluster", eksCluster("main"))
                        .requesting(OTHERS),
                create("creates an association for a cluster whose name differs in case", eksCluster("main"))
                        .requesting(and(OWNED, OwnershipTags.CLUSTER, "Production")),
                create("creates an association in another cluster", eksCluster("staging"))
                        .requesting(OWNED),
                create("creates an association in a cluster whose name starts with its own", eksCluster("main2"))
                        .requesting(OWNED),
                create("creates an association in another cluster, with its configured name", eksCluster("production"))
                        .requesting(OWNED),
                create(
                                "creates an association in a cluster with its name in another region",
                                eksCluster("main").replace("eu-west-1", "us-east-1"))
                        .requesting(OWNED),
                create("creates an association without --pod-identity", eksCluster("production"))
                        .under(BOUNDED)
                        .requesting(OWNED)));
        OWNED.keySet()
                .forEach(key -> all.add(create("creates an association without the tag " + key, eksCluster("main"))
                        .requesting(without(OWNED, key))));
        return all;
    }

    private static List<Attempt> tags() {
        return List.of(
                tag("takes ownership of another cluster's association", association("main"))
                        .requesting(OWNED)
                        .onTagged(OTHERS),
                tag("takes ownership of an association whose tag names no cluster", association("main"))
                        .requesting(OWNED)
                        .onTagged(Map.of(OwnershipTags.CLUSTER, "none")),
                tag("takes ownership of an association in another cluster", association("staging"))
                        .requesting(OWNED),
                tag("gives its own association to another cluster", association("main"))
                        .requesting(OTHERS)
                        .onTagged(OWNED),
                tag("changes other tags of an association that it does not own", association("main"))
                        .requesting(Map.of("team", "admin")),
                tag("tags its cluster", eksCluster("main")).requesting(OWNED),
                tag("tags a node group", eksCluster("main").replace(":cluster/main", ":nodegroup/main/a/b"))
                        .requesting(OWNED),
                Attempt.of("untags its own association", ASSOCIATING, "eks:UntagResource", association("main"))
                        .with("aws:TagKeys", List.of(OwnershipTags.CLUSTER))
                        .onTagged(OWNED));
    }

    /** Returns writes that would be allowed on the operator's own associations. */
    private static List<Attempt> foreignAssociations() {
        return Stream.of(
                        writes("another cluster's association", association("main"), OTHERS),
                        writes("the association of an EKS add-on", association("main"), Map.of()),
                        writes(
                                "the association of another tool",
                                association("main"),
                                Map.of("alpha.eksctl.io/cluster-name", "main")),
                        writes("an association elsewhere with its tags", association("staging"), OWNED))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attempt> writes(String which, String association, Map<String, String> tags) {
        return List.of(
                Attempt.of(
                                "replaces the role of " + which,
                                ASSOCIATING,
                                AwsAction.UPDATE_POD_IDENTITY_ASSOCIATION,
                                association)
                        .onTagged(tags),
                Attempt.of("deletes " + which, ASSOCIATING, AwsAction.DELETE_POD_IDENTITY_ASSOCIATION, association)
                        .onTagged(tags));
    }

    private static List<Attempt> roles() {
        return List.of(
                pass("gives pods a role outside its path", role("admin")).with(PASSED_TO, PODS),
                pass("gives pods a role of another cluster", role("irsa/staging/x"))
                        .with(PASSED_TO, PODS),
                pass("gives pods a role from which it may not adopt", role("teams/x"))
                        .with(PASSED_TO, PODS),
                pass("gives pods the operator's own role", role("irsa-operator"))
                        .with(PASSED_TO, PODS),
                pass("gives pods the operator's own role under an adoption path", role("irsa-operator"))
                        .under(ASSOCIATING_ANYWHERE)
                        .with(PASSED_TO, PODS),
                pass("gives pods one of its roles without --pod-identity", ownRole())
                        .under(BOUNDED)
                        .with(PASSED_TO, PODS),
                pass("passes one of its roles to EC2", ownRole()).with(PASSED_TO, "ec2.amazonaws.com"),
                pass("passes one of its roles to Lambda", ownRole()).with(PASSED_TO, "lambda.amazonaws.com"),
                pass("passes one of its roles to the EKS control plane", ownRole())
                        .with(PASSED_TO, "eks.amazonaws.com"),
                pass("passes one of its roles to an unnamed service", ownRole()));
    }

    private static Attempt create(String name, String cluster) {
        return Attempt.of(name, ASSOCIATING, AwsAction.CREATE_POD_IDENTITY_ASSOCIATION, cluster);
    }

    private static Attempt tag(String name, String resource) {
        return Attempt.of(name, ASSOCIATING, AwsAction.EKS_TAG_RESOURCE, resource);
    }

    private static Attempt pass(String name, String role) {
        return Attempt.of(name, ASSOCIATING, AwsAction.PASS_ROLE, role);
    }
}
