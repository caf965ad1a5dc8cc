package dev.irsa.integration.permissions;

import dev.irsa.core.permissions.OperatorTrust;
import dev.irsa.core.permissions.PermissionScope;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests that only the operator's ServiceAccount can assume the operator's role. */
class OperatorTrustIT {
    private static final String CLUSTER_TAG = "aws:RequestTag/eks-cluster-arn";
    private static final String ROLE = Sample.role("irsa-operator");
    private static final String IRSA = "trust in a token";
    private static final String POD_IDENTITY = "trust in Pod Identity";
    private static final String SUB = Sample.ISSUER.hostAndPath() + ":sub";
    private static final String AUD = Sample.ISSUER.hostAndPath() + ":aud";

    private final PolicyEvaluator evaluator = new PolicyEvaluator(policies());

    @TestFactory
    Stream<DynamicTest> trustsOperatorServiceAccount() {
        return evaluator.allow(List.of(
                token("its own token"),
                pod("its own pod", "sts:AssumeRole"),
                pod("the tags of its pod", "sts:TagSession")));
    }

    @TestFactory
    Stream<DynamicTest> trustsNoOtherCaller() {
        Attempt token = token("");
        Attempt pod = pod("", "sts:AssumeRole");
        return evaluator.deny(List.of(
                token.as("the token of another ServiceAccount of the namespace")
                        .with(SUB, "system:serviceaccount:irsa-operator:default"),
                token.as("the token of a ServiceAccount with the same name in another namespace")
                        .with(SUB, "system:serviceaccount:default:irsa-operator"),
                token.as("its token for another audience").with(AUD, "https://kubernetes.default.svc"),
                Attempt.by(
                                Sample.PROVIDER + "D",
                                "a token of another issuer",
                                IRSA,
                                "sts:AssumeRoleWithWebIdentity",
                                ROLE)
                        .with(
                                Sample.ISSUER.hostAndPath() + "D:sub",
                                "system:serviceaccount:irsa-operator:irsa-operator")
                        .with(Sample.ISSUER.hostAndPath() + "D:aud", "sts.amazonaws.com"),
                Attempt.by(Sample.OPERATOR, "another principal of the account", IRSA, "sts:AssumeRole", ROLE),
                pod.as("a pod of another ServiceAccount").with("aws:RequestTag/kubernetes-service-account", "default"),
                pod.as("a pod of another namespace").with("aws:RequestTag/kubernetes-namespace", "default"),
                pod.as("a pod of another cluster")
                        .with(CLUSTER_TAG, "arn:aws:eks:eu-west-1:111122223333:cluster/staging"),
                pod.as("a pod of a cluster with the same name in another account")
                        .with(CLUSTER_TAG, "arn:aws:eks:eu-west-1:444455556666:cluster/production")));
    }

    private static Map<String, PolicyDocument> policies() {
        PermissionScope scope = Sample.scope(List.of(), List.of(), List.of(), false);
        return Map.of(
                IRSA, OperatorTrust.irsa(scope, List.of(), "irsa-operator", "irsa-operator"),
                POD_IDENTITY, OperatorTrust.podIdentity(scope, "irsa-operator", "irsa-operator"));
    }

    private static Attempt token(String name) {
        return Attempt.by(Sample.PROVIDER, name, IRSA, "sts:AssumeRoleWithWebIdentity", ROLE)
                .with(SUB, "system:serviceaccount:irsa-operator:irsa-operator")
                .with(AUD, "sts.amazonaws.com");
    }

    private static Attempt pod(String name, String action) {
        return Attempt.by("pods.eks.amazonaws.com", name, POD_IDENTITY, action, ROLE)
                .with(CLUSTER_TAG, "arn:aws:eks:eu-west-1:111122223333:cluster/production")
                .with("aws:RequestTag/kubernetes-namespace", "irsa-operator")
                .with("aws:RequestTag/kubernetes-service-account", "irsa-operator");
    }
}
