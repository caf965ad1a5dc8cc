package dev.irsa.core.permissions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.policy.PolicyDocument;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Builds the trust policy of the operator's role, which admits only the ServiceAccount of the operator. That of a role in another
 * account admits only the operator's role.
 */
public final class OperatorTrust {
    private OperatorTrust() {}

    /**
     * Returns the trust policy for IRSA, which admits the token of the ServiceAccount.
     *
     * @param scope must have the issuer
     * @param previous issuers whose tokens are admitted too
     */
    public static PolicyDocument irsa(
            PermissionScope scope, List<Issuer> previous, String namespace, String serviceAccount) {
        return TrustPolicy.of(
                EnumSet.of(Delivery.IRSA),
                new TrustTerms(
                        scope.account(),
                        scope.issuer().orElseThrow().hostAndPath(),
                        previous.stream().map(Issuer::hostAndPath).toList(),
                        Optional.empty(),
                        namespace,
                        List.of(serviceAccount),
                        TokenSpec.DEFAULT_AUDIENCE));
    }

    /**
     * Returns the trust policy for EKS Pod Identity. Anyone who may create associations could associate another
     * ServiceAccount with the role. The policy therefore checks the cluster, namespace and ServiceAccount, which EKS sets
     * in the session tags.
     *
     * @param scope must have the region
     */
    public static PolicyDocument podIdentity(PermissionScope scope, String namespace, String serviceAccount) {
        return TrustPolicy.of(
                EnumSet.of(Delivery.PodIdentity),
                new TrustTerms(
                        scope.account(),
                        "",
                        Optional.of(scope.clusterArn()),
                        namespace,
                        List.of(serviceAccount),
                        TokenSpec.DEFAULT_AUDIENCE));
    }

    /**
     * Returns the trust policy of the role in another account.
     *
     * @param operatorRole ARN of the operator's own role
     * @param externalId that the operator has to name; empty: none
     */
    public static PolicyDocument anotherAccount(String operatorRole, Optional<String> externalId) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        ObjectNode assume = admit(statements.addObject(), operatorRole, AwsAction.ASSUME_ROLE);
        externalId.ifPresent(
                id -> assume.putObject("Condition").putObject("StringEquals").put("sts:ExternalId", id));
        // The tags of a session of EKS Pod Identity are transitive, and sts:TagSession has no condition key for the
        // external ID.
        admit(statements.addObject(), operatorRole, AwsAction.TAG_SESSION);
        return PolicyDocument.of(document);
    }

    private static ObjectNode admit(ObjectNode statement, String role, AwsAction action) {
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("AWS", role);
        return statement.put("Action", action.id());
    }
}
