package dev.irsa.core.desired;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;

/**
 * The trust policy of a role: the cluster's OIDC provider may assume it for one ServiceAccount and one audience,
 * both pinned by StringEquals and without wildcards.
 *
 * <p>Source: "Assign IAM roles to Kubernetes service accounts" of the Amazon EKS user guide.
 */
public final class TrustPolicy {
    private TrustPolicy() {}

    /**
     * Trust in the tokens of one ServiceAccount.
     *
     * @param provider the name of the OIDC provider
     * @throws IllegalArgumentException when a name would not be taken word for word
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
     * Whether a claim means itself in a trust policy. StringEquals knows no wildcards, but policy variables are
     * replaced in it. The schema lets none of these through; a trust policy is no place to rely on that.
     */
    public static boolean isLiteral(String claim) {
        return !claim.isEmpty() && !claim.contains("*") && !claim.contains("?") && !claim.contains("$");
    }

    private static String literal(String claim) {
        if (!isLiteral(claim)) {
            throw new IllegalArgumentException("\"" + claim + "\" cannot stand in a trust policy");
        }
        return claim;
    }
}
