package dev.irsa.port;

/** The namespace and name of the Lease that elects the leader among the replicas. */
public record LeaseName(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
