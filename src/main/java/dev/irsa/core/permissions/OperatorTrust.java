package dev.irsa.core.permissions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.policy.PolicyDocument;

/** Who may run as the operator: its ServiceAccount alone. */
public final class OperatorTrust {
    private OperatorTrust() {}

    /**
     * By the token of the ServiceAccount.
     *
     * @param scope knows the issuer
     */
    public static PolicyDocument irsa(PermissionScope scope, String namespace, String serviceAccount) {
        return TrustPolicy.of(
                scope.account(),
                scope.issuer().orElseThrow().hostAndPath(),
                namespace,
                serviceAccount,
                TokenSpec.DEFAULT_AUDIENCE);
    }

    /**
     * By EKS Pod Identity, for whoever associates a ServiceAccount of the cluster with the role: that it is ours, and of
     * our cluster, EKS says in the tags of the session.
     *
     * <p>Source: "Create IAM role with trust policy required by EKS Pod Identity" and "Grant Pods access to AWS resources
     * based on tags" of the Amazon EKS user guide.
     *
     * @param scope knows the region
     */
    public static PolicyDocument podIdentity(PermissionScope scope, String namespace, String serviceAccount) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("Service", "pods.eks.amazonaws.com");
        statement.putArray("Action").add("sts:AssumeRole").add("sts:TagSession");
        statement
                .putObject("Condition")
                .putObject("StringEquals")
                .put("aws:RequestTag/eks-cluster-arn", scope.clusterArn())
                .put("aws:RequestTag/kubernetes-namespace", namespace)
                .put("aws:RequestTag/kubernetes-service-account", serviceAccount);
        return PolicyDocument.of(document);
    }
}
