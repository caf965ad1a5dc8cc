package dev.irsa.config;

import dev.irsa.core.permissions.OperatorPolicy;
import dev.irsa.core.permissions.PermissionScope;
import java.util.List;

/**
 * Which policies are wanted, and how they are to be written.
 *
 * @param scope knows the issuer where a trust policy of IRSA is wanted, and the region where one of Pod Identity is
 * @param namespace of the operator's ServiceAccount
 * @param serviceAccount its name
 * @param trust how the operator comes by its role
 */
public record PolicyConfig(PermissionScope scope, String namespace, String serviceAccount, Trust trust, Output output) {
    /** How the operator comes by its role. */
    public enum Trust {
        /** By the token of its ServiceAccount. */
        IRSA,
        /** By EKS Pod Identity. */
        POD_IDENTITY
    }

    /** What is written. */
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
     * Makes sense of the flags.
     *
     * @throws InvalidConfiguration with every mistake there is
     */
    public static PolicyConfig of(PolicyOptions options) throws InvalidConfiguration {
        ConfigReader reading = new ConfigReader();
        PolicyConfig config = new PolicyFlags(options, reading).config();
        reading.complain();
        int size = OperatorPolicy.size(config.scope());
        if (size > OperatorPolicy.MAX_SIZE) {
            throw new InvalidConfiguration(List.of("the policy has " + size + " characters and a managed policy takes "
                    + OperatorPolicy.MAX_SIZE
                    + "; give fewer --boundary-arn, --allowed-policy-arn (* stands for many) or --adoption-path"));
        }
        return config;
    }
}
