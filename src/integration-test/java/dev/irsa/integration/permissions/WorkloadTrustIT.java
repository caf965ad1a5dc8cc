package dev.irsa.integration.permissions;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests that only pods of its ServiceAccount can assume the role of a resource, by each way of delivery. */
class WorkloadTrustIT {
    private static final String CLUSTER_TAG = "aws:RequestTag/eks-cluster-arn";
    private static final String NAMESPACE_TAG = "aws:RequestTag/kubernetes-namespace";
    private static final String ACCOUNT_TAG = "aws:RequestTag/kubernetes-service-account";
    private static final String SUB = Sample.ISSUER.hostAndPath() + ":sub";
    private static final String AUD = Sample.ISSUER.hostAndPath() + ":aud";

    private static final String ROLE = Sample.ownRole();
    private static final String IRSA = "IRSA";
    private static final String POD_IDENTITY = "Pod Identity";
    private static final String BOTH = "both";

    private final PolicyEvaluator evaluator = new PolicyEvaluator(Map.of(
            IRSA, trust(EnumSet.of(Delivery.IRSA)),
            POD_IDENTITY, trust(EnumSet.of(Delivery.PodIdentity)),
            BOTH, trust(EnumSet.allOf(Delivery.class))));

    @TestFactory
    Stream<DynamicTest> trustsPodsOfTheServiceAccount() {
        return evaluator.allow(List.of(
                token(IRSA, "a token"),
                token(BOTH, "a token during a move"),
                pod(POD_IDENTITY, "a pod", "sts:AssumeRole"),
                pod(POD_IDENTITY, "the session tags of a pod", "sts:TagSession"),
                pod(BOTH, "a pod during a move", "sts:AssumeRole"),
                pod(BOTH, "the session tags of a pod during a move", "sts:TagSession")));
    }

    @TestFactory
    Stream<DynamicTest> trustsNoOtherCaller() {
        Stream<Attempt> pods = Stream.of(POD_IDENTITY, BOTH).flatMap(WorkloadTrustIT::otherPods);
        return evaluator.deny(Stream.concat(pods, otherWays()).toList());
    }

    private static Stream<Attempt> otherPods(String policy) {
        return Stream.of("sts:AssumeRole", "sts:TagSession").flatMap(action -> {
            Attempt pod = pod(policy, "", action);
            return Stream.of(
                            pod.as("a pod of another namespace").with(NAMESPACE_TAG, "shipping"),
                            pod.as("a pod of another ServiceAccount").with(ACCOUNT_TAG, "default"),
                            pod.as("a pod of a ServiceAccount whose name begins alike")
                                    .with(ACCOUNT_TAG, "invoices-2"),
                            pod.as("a pod of another cluster").with(CLUSTER_TAG, Sample.eksCluster("staging")),
                            pod.as("a pod of a cluster with the same name in another region")
                                    .with(CLUSTER_TAG, "arn:aws:eks:us-east-1:111122223333:cluster/production"),
                            pod.as("a pod of a cluster with the same name in another account")
                                    .with(CLUSTER_TAG, "arn:aws:eks:eu-west-1:444455556666:cluster/production"),
                            Attempt.by("pods.eks.amazonaws.com", "a session without tags", policy, action, ROLE),
                            caller("ec2.amazonaws.com", "another service with the tags", policy, action),
                            caller(Sample.OPERATOR, "another principal with the tags", policy, action))
                    .map(attempt -> attempt.as(attempt.name() + ", " + policy + ", " + action));
        });
    }

    /** A way that the spec does not name is closed. */
    private static Stream<Attempt> otherWays() {
        return Stream.of(
                pod(IRSA, "a pod with Pod Identity, IRSA alone", "sts:AssumeRole"),
                token(POD_IDENTITY, "a token, Pod Identity alone"),
                token(BOTH, "the token of another ServiceAccount during a move")
                        .with(SUB, "system:serviceaccount:payments:default"));
    }

    private static Attempt token(String policy, String name) {
        return Attempt.by(Sample.PROVIDER, name, policy, "sts:AssumeRoleWithWebIdentity", ROLE)
                .with(SUB, "system:serviceaccount:payments:invoices")
                .with(AUD, "sts.amazonaws.com");
    }

    private static Attempt pod(String policy, String name, String action) {
        return caller("pods.eks.amazonaws.com", name, policy, action);
    }

    private static Attempt caller(String principal, String name, String policy, String action) {
        return Attempt.by(principal, name, policy, action, ROLE)
                .with(CLUSTER_TAG, Sample.eksCluster("production"))
                .with(NAMESPACE_TAG, "payments")
                .with(ACCOUNT_TAG, "invoices");
    }

    private static PolicyDocument trust(EnumSet<Delivery> kinds) {
        return TrustPolicy.of(
                kinds,
                new TrustTerms(
                        new AwsAccount("aws", Sample.ACCOUNT, Sample.ITSELF.name()),
                        Sample.ISSUER.hostAndPath(),
                        Optional.of(Sample.eksCluster("production")),
                        "payments",
                        List.of("invoices"),
                        "sts.amazonaws.com"));
    }
}
