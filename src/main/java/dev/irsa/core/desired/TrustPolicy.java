package dev.irsa.core.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Builds trust policies that admit exactly these ServiceAccounts of the cluster: all names are pinned by StringEquals. */
public final class TrustPolicy {
    private TrustPolicy() {}

    /**
     * Returns the trust policy with one statement for each way of delivery, and one for each previous issuer.
     *
     * @throws IllegalArgumentException if a name is not literal, or if the ARN of the EKS cluster is required and unknown
     */
    public static PolicyDocument of(Set<Delivery> kinds, TrustTerms terms) {
        return PolicyDocument.of(document(kinds, terms));
    }

    /** Returns the {@link PolicyDocument#size()} of that trust policy. */
    static int sizeOf(Set<Delivery> kinds, TrustTerms terms) {
        return PolicyDocument.sizeOf(document(kinds, terms));
    }

    private static ObjectNode document(Set<Delivery> kinds, TrustTerms terms) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        if (kinds.contains(Delivery.IRSA)) {
            admitToken(statements.addObject(), terms.oidcProvider(), terms);
            terms.previousProviders().forEach(provider -> admitToken(statements.addObject(), provider, terms));
        }
        if (kinds.contains(Delivery.PodIdentity)) {
            admitAssociation(statements.addObject(), terms);
        }
        return document;
    }

    /** Returns the statement that admits the web identity token of the ServiceAccount, as JSON in one line. */
    public static String tokenStatement(TrustTerms terms) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        admitToken(statement, terms.oidcProvider(), terms);
        return statement.toString();
    }

    /**
     * Admits the web identity token of the ServiceAccount.
     *
     * <p>Source: "Assign IAM roles to Kubernetes service accounts" of the Amazon EKS user guide.
     */
    private static void admitToken(ObjectNode statement, String provider, TrustTerms terms) {
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("Federated", terms.account().oidcProvider(provider));
        statement.put("Action", "sts:AssumeRoleWithWebIdentity");
        statement
                .putObject("Condition")
                .putObject("StringEquals")
                .<ObjectNode>set(
                        provider + ":sub",
                        oneOf(terms, name -> "system:serviceaccount:" + literal(terms.namespace()) + ":" + name))
                .put(provider + ":aud", literal(terms.audience()));
    }

    /**
     * Admits EKS Pod Identity for the ServiceAccount. Without the conditions, an association of any cluster of the account
     * could use the role. The session tags are set by EKS.
     *
     * <p>Source: "Grant Pods access to AWS resources based on tags" of the Amazon EKS user guide.
     */
    private static void admitAssociation(ObjectNode statement, TrustTerms terms) {
        String cluster = terms.eksClusterArn()
                .orElseThrow(() -> new IllegalArgumentException("the ARN of the EKS cluster is unknown"));
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("Service", "pods.eks.amazonaws.com");
        statement.putArray("Action").add("sts:AssumeRole").add("sts:TagSession");
        statement
                .putObject("Condition")
                .putObject("StringEquals")
                .put("aws:RequestTag/eks-cluster-arn", literal(cluster))
                .put("aws:RequestTag/kubernetes-namespace", literal(terms.namespace()))
                .set("aws:RequestTag/kubernetes-service-account", oneOf(terms, name -> name));
    }

    /** A single value is spelled without a list: the policies of roles with one ServiceAccount stay as they are. */
    private static JsonNode oneOf(TrustTerms terms, UnaryOperator<String> claim) {
        ArrayNode claims = JsonNodeFactory.instance.arrayNode();
        terms.serviceAccounts().forEach(name -> claims.add(claim.apply(literal(name))));
        return claims.size() == 1 ? claims.get(0) : claims;
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
