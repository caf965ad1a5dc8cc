package dev.irsa.performance.soak;

import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything but the operator. AWS is the IAM in memory behind HTTP: it keeps no data of finished calls, its state can be
 * read without a call, and it implements rules of IAM that moto is missing.
 *
 * @param foreign roles of other owners, as created
 */
record SoakMachine(
        ControlPlane controlPlane,
        InMemoryIam iam,
        IamServer server,
        FaultProxy proxy,
        AuditLog audit,
        List<RoleRecord> foreign)
        implements AutoCloseable {
    static final String CLUSTER = "soak";
    static final String ROLE_PATH = "/irsa/" + CLUSTER + "/";

    private static final String USER = "irsa-operator";
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int FOREIGN = 100;
    private static final String EC2 = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
            "Action":"sts:AssumeRole"}]}""";

    SoakMachine {
        foreign = List.copyOf(foreign);
    }

    static SoakMachine start() throws IOException {
        AuditLog audit = AuditLog.ofUser("system:serviceaccount:" + USER + ":" + USER);
        ControlPlane controlPlane = ControlPlane.start(audit.settings());
        Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
        kubectl.run("apply", "--server-side", "-f", "crds/").orThrow();
        kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
        kubectl.run("apply", "-f", "src/fixtures/resources/manifests/everything.yaml")
                .orThrow();
        InMemoryIam iam = new InMemoryIam(InstantSource.system());
        iam.console().createProvider(controlPlane.issuer(), AUDIENCE);
        List<RoleRecord> foreign = foreignRoles(iam);
        IamServer server = IamServer.before(iam);
        return new SoakMachine(controlPlane, iam, server, FaultProxy.before(server), audit, foreign);
    }

    /** Creates roles of other owners, every second one under the operator's path. */
    private static List<RoleRecord> foreignRoles(InMemoryIam iam) {
        List<RoleRecord> made = new ArrayList<>();
        for (int i = 0; i < FOREIGN; i++) {
            String name = "foreign-" + i;
            iam.console().create(name, i % 2 == 0 ? "/" : ROLE_PATH, EC2);
            made.add(iam.console()
                    .edit(
                            name,
                            role -> role.withTag("team", "others")
                                    .withAttached("arn:aws:iam::aws:policy/ReadOnlyAccess")));
        }
        return made;
    }

    /** Returns the launch of the packaged operator with the permissions of its ServiceAccount. */
    OperatorLaunch launch() {
        return OperatorLaunch.of(CLUSTER, controlPlane.kubeconfigOfServiceAccount(USER, USER, LIFE), proxy.uri())
                .withArguments("--log-format=json");
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
        controlPlane.close();
    }
}
