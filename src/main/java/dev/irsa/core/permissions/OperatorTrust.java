package dev.irsa.core.permissions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.policy.PolicyDocument;

/** Builds the trust policy of the operator's role, which admits only the ServiceAccount of the operator. */
public final class OperatorTrust {
    private OperatorTrust() {}

    /**
     * Returns the trust policy for IRSA, which admits the token of the ServiceAccount.
     *
     * @param scope must have the issuer
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
     * Returns the trust policy for EKS Pod Identity. Anyone who may create associations could associate another
     * ServiceAccount with the role. The policy therefore checks the cluster, namespace and ServiceAccount, which EKS sets
     * in the session tags.
     *
     * <p>Source: "Create IAM role with trust policy required by EKS Pod Identity" and "Grant Pods access to AWS resources
     * based on tags" of the Amazon EKS user guide.
     *
     * @param scope must have the region
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
