package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.TcpProxy;
import java.util.function.BiConsumer;

/** A temporary failure on the Kubernetes side. */
// The functions have no mutable state.
@SuppressWarnings("ImmutableEnumChecker")
enum Outage {
    API_SERVER_DOWN(
            "the API server is down",
            false,
            (controlPlane, network) -> controlPlane.stopApiServer(),
            (controlPlane, network) -> controlPlane.startApiServer()),
    ETCD_DOWN(
            "etcd is down",
            false,
            (controlPlane, network) -> controlPlane.stopEtcd(),
            (controlPlane, network) -> controlPlane.startEtcd()),
    ETCD_HANGS(
            "etcd hangs",
            false,
            (controlPlane, network) -> controlPlane.freezeEtcd(),
            (controlPlane, network) -> controlPlane.thawEtcd()),
    PACKETS_DROPPED(
            "packets between the operator and the API server are dropped",
            true,
            (controlPlane, network) -> network.dropPackets(),
            (controlPlane, network) -> network.restore()),
    CONNECTIONS_REFUSED(
            "every connection of the operator to the API server is refused",
            true,
            (controlPlane, network) -> network.refuse(),
            (controlPlane, network) -> network.restore()),
    PERMISSIONS_REMOVED("the operator has no permissions", true, Outage::removePermissions, Outage::restorePermissions);

    private final String words;

    /** Whether users still reach the API server during the outage. */
    final boolean usersAreUnaffected;

    private final BiConsumer<ControlPlane, TcpProxy> beginning;
    private final BiConsumer<ControlPlane, TcpProxy> end;

    Outage(
            String words,
            boolean usersAreUnaffected,
            BiConsumer<ControlPlane, TcpProxy> beginning,
            BiConsumer<ControlPlane, TcpProxy> end) {
        this.words = words;
        this.usersAreUnaffected = usersAreUnaffected;
        this.beginning = beginning;
        this.end = end;
    }

    void begin(ControlPlane controlPlane, TcpProxy network) {
        beginning.accept(controlPlane, network);
    }

    void end(ControlPlane controlPlane, TcpProxy network) {
        end.accept(controlPlane, network);
    }

    /** An open watch stays open after its permission is removed. So all connections are reset. */
    private static void removePermissions(ControlPlane controlPlane, TcpProxy network) {
        Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
        kubectl.run("delete", "clusterrolebinding", "irsa-operator").orThrow();
        kubectl.run("-n", "irsa-operator", "delete", "rolebinding", "irsa-operator-own")
                .orThrow();
        network.resetConnections();
    }

    private static void restorePermissions(ControlPlane controlPlane, TcpProxy network) {
        new Kubectl(controlPlane.kubeconfig())
                .run("apply", "-f", "deploy/rbac.yaml")
                .orThrow();
    }

    @Override
    public String toString() {
        return words;
    }
}
