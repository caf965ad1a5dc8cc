package dev.irsa.config;

import dev.irsa.core.permissions.OperatorPolicy;
import dev.irsa.core.permissions.PermissionScope;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of {@code irsa-operator policy}.
 *
 * @param scope contains the issuer if the trust policy is for IRSA. Contains the EKS cluster if the trust policy is for Pod
 *     Identity, or if the operator manages associations.
 * @param namespace of the operator's ServiceAccount
 * @param serviceAccount name of that ServiceAccount
 * @param roleBoundary ARN of the permissions boundary of the operator's own role; empty: none
 * @param trust how the operator assumes its role
 */
public record PolicyConfig(
        PermissionScope scope,
        String namespace,
        String serviceAccount,
        Optional<String> roleBoundary,
        Trust trust,
        Output output) {
    /** How the operator assumes its role. */
    public enum Trust {
        /** With the token of its ServiceAccount. */
        IRSA,
        /** Through EKS Pod Identity. */
        POD_IDENTITY
    }

    /** What the command prints. */
    public enum Output {
        /** The permission policy, as JSON. */
        PERMISSIONS,
        /** The trust policy, as JSON. */
        TRUST,
        /** Both and the role, as a CloudFormation template. */
        CLOUDFORMATION,
        /** Both and the role, as a Terraform file. */
        TERRAFORM
    }

    /**
     * Parses and validates the flags.
     *
     * @throws InvalidConfiguration with all problems
     */
    public static PolicyConfig of(PolicyOptions options) throws InvalidConfiguration {
        ConfigReader reading = new ConfigReader();
        PolicyConfig config = new PolicyOptionsParser(options, reading).config();
        reading.throwIfInvalid();
        requireSize(config.scope());
        return config;
    }

    private static void requireSize(PermissionScope scope) throws InvalidConfiguration {
        int size = OperatorPolicy.size(scope);
        if (size > OperatorPolicy.MAX_SIZE) {
            String associations = scope.makesAssociations()
                    ? "; --pod-identity needs " + OperatorPolicy.associationsSize(scope) + " of them"
                    : "";
            throw new InvalidConfiguration(
                    List.of("the policy has " + size + " characters, but a managed policy may have at most "
                            + OperatorPolicy.MAX_SIZE
                            + "; set fewer --boundary-arn, --allowed-policy-arn (* matches many), --adoption-path or"
                            + " --adoption-role"
                            + associations));
        }
    }
}
