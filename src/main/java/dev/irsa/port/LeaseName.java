package dev.irsa.port;

/** Which Lease the replicas of the operator hold in turn. */
public record LeaseName(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
