package dev.irsa.e2e;

import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.TcpProxy;

/** Something on the Kubernetes side that is away for a while. */
enum Outage {
    API_SERVER_DOWN("the API server is down", false) {
        @Override
        void begin(ControlPlane controlPlane, TcpProxy network) {
            controlPlane.stopApiServer();
        }

        @Override
        void end(ControlPlane controlPlane, TcpProxy network) {
            controlPlane.startApiServer();
        }
    },
    ETCD_DOWN("etcd is down", false) {
        @Override
        void begin(ControlPlane controlPlane, TcpProxy network) {
            controlPlane.stopEtcd();
        }

        @Override
        void end(ControlPlane controlPlane, TcpProxy network) {
            controlPlane.startEtcd();
        }
    },
    ETCD_HANGS("etcd hangs", false) {
        @Override
        void begin(ControlPlane controlPlane, TcpProxy network) {
            controlPlane.freezeEtcd();
        }

        @Override
        void end(ControlPlane controlPlane, TcpProxy network) {
            controlPlane.thawEtcd();
        }
    },
    NETWORK_SILENT("nothing of what the operator and the API server send each other arrives", true) {
        @Override
        void begin(ControlPlane controlPlane, TcpProxy network) {
            network.fallSilent();
        }

        @Override
        void end(ControlPlane controlPlane, TcpProxy network) {
            network.mend();
        }
    },
    NETWORK_REFUSING("every connection of the operator to the API server is refused", true) {
        @Override
        void begin(ControlPlane controlPlane, TcpProxy network) {
            network.refuse();
        }

        @Override
        void end(ControlPlane controlPlane, TcpProxy network) {
            network.mend();
        }
    },
    /** A watch that is open stays open without a right to it: so all are cut, and begun anew without. */
    RIGHTS_TAKEN("the operator has no rights", true) {
        @Override
        void begin(ControlPlane controlPlane, TcpProxy network) {
            Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
            kubectl.run("delete", "clusterrolebinding", "irsa-operator").orThrow();
            kubectl.run("-n", "irsa-operator", "delete", "rolebinding", "irsa-operator-own")
                    .orThrow();
            network.cut();
        }

        @Override
        void end(ControlPlane controlPlane, TcpProxy network) {
            new Kubectl(controlPlane.kubeconfig())
                    .run("apply", "-f", "deploy/rbac.yaml")
                    .orThrow();
        }
    };

    private final String words;

    /** Whether others reach the API server meanwhile, and can ask for work. */
    final boolean leavesUsers;

    Outage(String words, boolean leavesUsers) {
        this.words = words;
        this.leavesUsers = leavesUsers;
    }

    abstract void begin(ControlPlane controlPlane, TcpProxy network);

    abstract void end(ControlPlane controlPlane, TcpProxy network);

    @Override
    public String toString() {
        return words;
    }
}
