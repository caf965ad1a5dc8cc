package dev.irsa.core.permissions;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import java.util.List;
import java.util.Optional;

/**
 * What an operator is limited to.
 *
 * @param cluster the configured name, which is in the tags of its roles
 * @param region of the cluster, for what is asked of EKS; empty: any
 * @param rolePath where it makes roles; begins and ends with a slash
 * @param adoptionPaths where else it may work on roles that were given to it
 * @param boundaries ARNs of the permissions boundaries of which each of its roles must have one; empty: none is asked for
 * @param attachable ARNs, with wildcards, of the managed policies that it may attach; empty: any, within a boundary
 * @param issuer of the cluster's tokens; empty: not known
 * @param makesProvider whether it may make the OIDC provider of the issuer, which must be known then
 * @param itself the role that it runs as
 */
public record PermissionScope(
        String cluster,
        AwsAccount account,
        Optional<String> region,
        String rolePath,
        List<String> adoptionPaths,
        List<String> boundaries,
        List<String> attachable,
        Optional<Issuer> issuer,
        boolean makesProvider,
        OperatorRole itself) {
    public PermissionScope {
        adoptionPaths = List.copyOf(adoptionPaths);
        boundaries = List.copyOf(boundaries);
        attachable = List.copyOf(attachable);
    }

    /** What the policy leaves out, or leaves open, because it was not told enough: a sentence each. */
    public List<String> gaps() {
        if (!boundaries.isEmpty()) {
            return List.of();
        }
        String inline =
                "without --boundary-arn the policy grants neither iam:PutRolePolicy, as nothing would limit what"
                        + " an inline policy says, nor iam:PutRolePermissionsBoundary; objects that need them are AccessDenied";
        String managed = attachable.isEmpty()
                ? "without --boundary-arn and --allowed-policy-arn the policy does not grant iam:AttachRolePolicy; objects"
                        + " with managed policies are AccessDenied"
                : "without --boundary-arn whoever takes over the operator can have whatever the policies of"
                        + " --allowed-policy-arn allow";
        return List.of(inline, managed);
    }

    String roles(String path) {
        return account.role(path, "*");
    }

    String clusterArn() {
        return "arn:" + account.partition() + ":eks:" + region.orElse("*") + ":" + account.id() + ":cluster/" + cluster;
    }
}
