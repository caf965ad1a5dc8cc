package dev.irsa.port;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the Kubernetes cluster. Methods that call the API server throw {@link FailureException} when it rejects the call. */
public interface ClusterReads {
    /** Returns a ServiceAccount from the cache. */
    ObservedServiceAccount serviceAccount(String namespace, String name);

    /** Reads a ServiceAccount from the API server. */
    ObservedServiceAccount serviceAccountNow(String namespace, String name);

    /** Returns every resource of the namespace that names this ServiceAccount. */
    List<IamServiceAccount> claimants(String namespace, String serviceAccount);

    /** Returns those of the resources of one namespace that name the ServiceAccount, first or in addition. */
    static List<IamServiceAccount> claimants(List<IamServiceAccount> resources, String serviceAccount) {
        return resources.stream()
                .filter(resource -> Desired.serviceAccountNames(
                                resource.getMetadata().getName(), resource.getSpec())
                        .contains(serviceAccount))
                .toList();
    }

    /**
     * Returns whether a resource may have the role with this ARN, whose tags name it: its status names the role, or its spec asks for it. A
     * resource that asks for another role, or for one in another account, would hide what an earlier one of its name has left.
     *
     * @param account the name of the IamAccount of the role; empty for the account of the operator
     * @param cluster the name of the cluster
     */
    static boolean mayHaveRole(IamServiceAccount resource, String roleArn, String account, String cluster) {
        IamServiceAccountStatus status = resource.getStatus();
        if (status != null && roleArn.equals(status.roleARN())) {
            // The account may have another IamAccount than the one that the resource names.
            return true;
        }
        return resource.getSpec().accountName().equals(account)
                && Desired.asksFor(
                        roleArn,
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName(),
                        resource.getSpec(),
                        cluster);
    }

    /** Returns a resource from the cache. */
    Optional<IamServiceAccount> cached(String namespace, String name);

    /** Reads the UID of a resource from the API server; empty when the resource does not exist. */
    Optional<String> uidNow(String namespace, String name);

    /**
     * Reads from the API server how the pods of a ServiceAccount obtain credentials.
     *
     * @throws FailureException with AccessDenied if the operator may not list pods
     */
    PodUse pods(String namespace, String serviceAccount);

    /** Reads the state of the CustomResourceDefinition from the API server. */
    CrdState definition();

    /** Reads the creation time of the CustomResourceDefinition; empty when it does not exist. */
    Optional<Instant> definedSince();
}
