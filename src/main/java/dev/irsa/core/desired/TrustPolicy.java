package dev.irsa.core.desired;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;

/**
 * Builds the trust policy of IRSA: the cluster's OIDC provider may assume the role for one ServiceAccount and one audience, both
 * pinned by StringEquals and without wildcards.
 *
 * <p>Source: "Assign IAM roles to Kubernetes service accounts" of the Amazon EKS user guide.
 */
public final class TrustPolicy {
    private TrustPolicy() {}

    /**
     * Returns the trust policy for the tokens of one ServiceAccount.
     *
     * @param provider the name of the OIDC provider
     * @throws IllegalArgumentException if a name is not literal
     */
    public static PolicyDocument of(
            AwsAccount account, String provider, String namespace, String serviceAccount, String audience) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("Federated", account.oidcProvider(provider));
        statement.put("Action", "sts:AssumeRoleWithWebIdentity");
        statement
                .putObject("Condition")
                .putObject("StringEquals")
                .put(provider + ":sub", "system:serviceaccount:" + literal(namespace) + ":" + literal(serviceAccount))
                .put(provider + ":aud", literal(audience));
        return PolicyDocument.of(document);
    }

    /**
     * Returns whether a claim is literal in a trust policy. StringEquals has no wildcards, but policy variables are replaced in
     * it. The schema rejects both, but a trust policy must not rely on that.
     */
    public static boolean isLiteral(String claim) {
        return !claim.isEmpty() && !claim.contains("*") && !claim.contains("?") && !claim.contains("$");
    }

    private static String literal(String claim) {
        if (!isLiteral(claim)) {
            throw new IllegalArgumentException("\"" + claim + "\" is not allowed in a trust policy");
        }
        return claim;
    }
}
