package dev.irsa.kubectl.port;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads ServiceAccounts, their pods, and IamServiceAccounts from the API server, for users who look at the cluster. Every method throws
 * {@link FailureException} when the API server rejects the call.
 */
public interface WorkloadReads {
    /** Returns the ServiceAccounts of a namespace, or of all namespaces if none is given. */
    List<Workload> serviceAccounts(Optional<String> namespace);

    /** Returns one ServiceAccount; empty when it does not exist. */
    Optional<Workload> serviceAccount(String namespace, String name);

    /** Returns the pods of a namespace, or of all namespaces if none is given. */
    List<ObservedPod> pods(Optional<String> namespace);

    /**
     * Returns the IamServiceAccounts of a namespace, or of all namespaces if none is given. Without the
     * CustomResourceDefinition there are none.
     */
    List<IamServiceAccount> resources(Optional<String> namespace);
    /**
     * A ServiceAccount with what identifies its maker.
     *
     * @param annotations those that the EKS pod identity webhook reads
     * @param managers the field managers that own one of these annotations, by annotation
     */
    record Workload(
            String namespace,
            String name,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            SortedMap<String, String> managers) {}
}
