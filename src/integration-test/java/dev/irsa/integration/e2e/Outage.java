package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.TcpProxy;
import java.util.function.BiConsumer;

/** Something on the Kubernetes side that is away for a while. */
// Its functions hold nothing that could change.
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
    NETWORK_SILENT(
            "nothing of what the operator and the API server send each other arrives",
            true,
            (controlPlane, network) -> network.fallSilent(),
            (controlPlane, network) -> network.mend()),
    NETWORK_REFUSING(
            "every connection of the operator to the API server is refused",
            true,
            (controlPlane, network) -> network.refuse(),
            (controlPlane, network) -> network.mend()),
    RIGHTS_TAKEN("the operator has no rights", true, Outage::takeRights, Outage::giveRights);

    private final String words;

    /** Whether others reach the API server meanwhile, and can ask for work. */
    final boolean leavesUsers;

    private final BiConsumer<ControlPlane, TcpProxy> beginning;
    private final BiConsumer<ControlPlane, TcpProxy> end;

    Outage(
            String words,
            boolean leavesUsers,
            BiConsumer<ControlPlane, TcpProxy> beginning,
            BiConsumer<ControlPlane, TcpProxy> end) {
        this.words = words;
        this.leavesUsers = leavesUsers;
        this.beginning = beginning;
        this.end = end;
    }

    void begin(ControlPlane controlPlane, TcpProxy network) {
        beginning.accept(controlPlane, network);
    }

    void end(ControlPlane controlPlane, TcpProxy network) {
        end.accept(controlPlane, network);
    }

    /** An open watch stays open after its permission is removed. So all connections are cut and started again. */
    private static void takeRights(ControlPlane controlPlane, TcpProxy network) {
        Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
        kubectl.run("delete", "clusterrolebinding", "irsa-operator").orThrow();
        kubectl.run("-n", "irsa-operator", "delete", "rolebinding", "irsa-operator-own")
                .orThrow();
        network.cut();
    }

    private static void giveRights(ControlPlane controlPlane, TcpProxy network) {
        new Kubectl(controlPlane.kubeconfig())
                .run("apply", "-f", "deploy/rbac.yaml")
                .orThrow();
    }

    @Override
    public String toString() {
        return words;
    }
}
