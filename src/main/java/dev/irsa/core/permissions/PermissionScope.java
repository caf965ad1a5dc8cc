package dev.irsa.core.permissions;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.policy.Glob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The limits of the permissions of an operator.
 *
 * @param cluster the configured name, which is in the tags of the roles
 * @param eksCluster the cluster in EKS, for Pod Identity; empty if its region is unknown
 * @param rolePath the path of the roles that the operator creates; begins and ends with a slash
 * @param adoption the roles elsewhere that the operator may manage once it has adopted them
 * @param boundaries ARNs of permissions boundaries, one of which each role must have; empty means that none is required
 * @param attachable ARNs, with wildcards, of the managed policies that the operator may attach; empty means any policy,
 *     within a boundary
 * @param issuer of the cluster's tokens; empty if unknown
 * @param makesProvider whether the operator may create the OIDC provider of the issuer, which requires a known issuer
 * @param makesAssociations whether the operator may manage Pod Identity associations, which requires a known EKS cluster
 * @param itself the role that the operator runs as, or that it assumes in this account
 * @param accountRoles ARNs of the roles in other accounts that it may assume
 */
public record PermissionScope(
        String cluster,
        AwsAccount account,
        Optional<EksCluster> eksCluster,
        String rolePath,
        AdoptionScope adoption,
        List<String> boundaries,
        List<String> attachable,
        Optional<Issuer> issuer,
        boolean makesProvider,
        boolean makesAssociations,
        OperatorRole itself,
        List<String> accountRoles) {
    public PermissionScope {
        boundaries = List.copyOf(boundaries);
        attachable = List.copyOf(attachable);
        accountRoles = List.copyOf(accountRoles);
    }

    /** Returns what the policy omits or does not restrict because options are missing, one message each. */
    public List<String> gaps() {
        if (!boundaries.isEmpty()) {
            return List.of();
        }
        String inline =
                "without --boundary-arn the policy does not grant iam:PutRolePolicy, because nothing would limit"
                        + " inline policies, nor iam:PutRolePermissionsBoundary; resources that need them report AccessDenied";
        String managed = attachable.isEmpty()
                ? "without --boundary-arn and --allowed-policy-arn the policy does not grant iam:AttachRolePolicy;"
                        + " resources with managed policies report AccessDenied"
                : "without --boundary-arn an attacker who controls the operator gets all permissions of the policies in"
                        + " --allowed-policy-arn";
        return List.of(inline, managed);
    }

    PermissionScope withoutAssociations() {
        return new PermissionScope(
                cluster,
                account,
                eksCluster,
                rolePath,
                adoption,
                boundaries,
                attachable,
                issuer,
                makesProvider,
                false,
                itself,
                accountRoles);
    }

    String roles(String path) {
        return account.role(path, "*");
    }

    /**
     * Returns the ARNs, with wildcards, of the roles that the operator may manage. In IAM {@code *} also matches slashes, so that
     * the pattern of a name matches longer paths too.
     */
    List<String> managedRoles() {
        List<String> all = Stream.concat(Stream.of(roles(rolePath)), adoptedRoles().stream())
                .distinct()
                .toList();
        return all.stream()
                .filter(arn -> all.stream()
                        .noneMatch(wider -> !wider.equals(arn) && Glob.of(wider).matches(arn)))
                .toList();
    }

    /** Returns whether the ARNs of the roles that the operator may adopt match its own role. */
    boolean mayAdoptItself() {
        String own = itself.arn(account);
        return adoptedRoles().stream().anyMatch(arn -> Glob.of(arn).matches(own));
    }

    private List<String> adoptedRoles() {
        return Stream.concat(
                        adoption.paths().stream().map(this::roles),
                        adoption.roles().stream()
                                .map(role ->
                                        account.role(role.path(), role.name().pattern())))
                .toList();
    }

    String clusterArn() {
        return eksCluster.orElseThrow().arn(account);
    }
}
