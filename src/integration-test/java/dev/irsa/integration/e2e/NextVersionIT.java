package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The next version of the API comes as docs/api-versions.md describes it, and goes again. The operator knows only today's
 * version, and writes no role that no user changes.
 */
@ExtendWith(SharedMachine.class)
class NextVersionIT {
    private static final String TODAY = "v1beta1";
    private static final String NEXT = "v1";
    private static final String SPEC = "{policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {description: Reads}}";

    private ControlPlane controlPlane;
    private TestEnvironment env;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().applyFile(Path.of("deploy", "templates", "s3-read.yaml")).orThrow();
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void comesAndGoesWithoutAnyLoss(@TempDir Path folder) throws Exception {
        Shell shell = Shell.in(folder, controlPlane.kubeconfig());
        try (OperatorProcess operator = env.sweeping().startReady()) {
            GuideRun.of(NextVersionIT.class, shell, guide -> follow(guide, operator));
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private void follow(GuideRun guide, OperatorProcess operator) {
        Subject old = Subject.in(env).apply(SPEC).awaitReady();
        Metrics.awaitSweeps(operator, 1);
        env.proxy().calls().clear();

        Subject next = serve(old);
        store(guide, old);
        goBack(old, next);

        Metrics.awaitSweeps(operator, 2);
        assertThat(writes(old)).isEmpty();
        assertThat(writes(next)).containsExactly("CreateRole", "AttachRolePolicy");
        old.apply(SPEC.replace("Reads", "Writes")).awaitReady();
        assertThat(env.role(old.roleName()).description()).isEqualTo("Writes");
        next.delete();
        assertThat(next.roleExists()).isFalse();
    }

    /** Step 1 of the page: both versions are served. Returns a resource that is applied in the next one. */
    private Subject serve(Subject old) {
        define(NextApiVersion.SERVED);
        Subject next = old.named("next");
        apply(NEXT, next).orThrow();
        next.awaitReady();
        assertThat(apply(TODAY, old).orThrow().stderr()).doesNotContain("deprecated");
        apply(NEXT, old).orThrow();

        for (Subject subject : List.of(old, next)) {
            assertThat(read(NEXT, subject, "{.spec}{.status}")).isEqualTo(read(TODAY, subject, "{.spec}{.status}"));
        }
        assertThat(read(NEXT, old, "{.spec}")).isEqualTo(read(NEXT, next, "{.spec}"));
        assertThat(read(NEXT, old, "{.metadata.generation}")).isEqualTo("1");
        assertThat(storedIn(TODAY)).hasSize(4).isEqualTo(stored());
        return next;
    }

    /** Steps 2 and 3: the next version is stored, and then it is the only one that is. */
    private void store(GuideRun guide, Subject old) {
        define(NextApiVersion.STORED);
        String before = read(TODAY, old, "{.spec}{.status}{.metadata.generation}");
        assertThat(storedIn(TODAY)).isEqualTo(stored());
        assertThat(apply(TODAY, old).orThrow().stderr())
                .contains("Warning: irsa.dev/v1beta1 IamServiceAccount is deprecated");
        Subject third = old.named("third");
        apply(TODAY, third).orThrow();
        third.awaitReady();
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(storedIn(NEXT))
                        .anyMatch(name -> name.endsWith("/third"))
                        .contains("iamentitlements/everything"));
        assertThat(storedIn(TODAY)).anyMatch(name -> name.endsWith("/next"));
        assertThat(tryDefine(NextApiVersion.ALONE).stderr()).contains("storedVersions", "v1beta1");

        guide.run("kubectl get iamserviceaccounts,");
        assertThat(storedIn(NEXT)).isEqualTo(stored());
        assertThat(read(NEXT, old, "{.spec}{.status}{.metadata.generation}")).isEqualTo(before);
        guide.run("kubectl patch customresourcedefinition");
        assertThat(storedVersions()).isEqualTo("[\"v1\"] [\"v1\"] [\"v1\"] [\"v1\"]");
        tryDefine(NextApiVersion.ALONE).orThrow();
        third.delete();
    }

    /** Back to the release of step 1. That of today does not know what is stored. */
    private void goBack(Subject old, Subject next) {
        define(NextApiVersion.SERVED);
        assertThat(storedVersions())
                .isEqualTo("[\"v1\",\"v1beta1\"] [\"v1\",\"v1beta1\"] [\"v1\",\"v1beta1\"] [\"v1\",\"v1beta1\"]");
        for (Subject subject : List.of(old, next)) {
            assertThat(read(TODAY, subject, "{.spec}{.status}")).isEqualTo(read(NEXT, subject, "{.spec}{.status}"));
            assertThat(subject.ready("status")).isEqualTo("True");
            assertThat(apply(TODAY, subject).orThrow().stderr()).doesNotContain("deprecated");
        }
        assertThat(storedIn(TODAY)).anyMatch(name -> name.endsWith("/" + next.name()));
        assertThat(storedIn(NEXT)).contains("iampolicytemplates/s3-read");
        assertThat(env.kubectl().get("get", "iampolicytemplates.v1beta1.irsa.dev"))
                .contains("s3-read");
        assertThat(env.kubectl().run("apply", "--server-side", "-f", "crds/").stderr())
                .contains("storedVersions", "v1");
    }

    private void define(NextApiVersion crds) {
        env.kubectl().apply(crds.manifests()).orThrow();
        // The API server does not serve a definition as soon as it has accepted it.
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(probe().orThrow().stderr().contains("deprecated"))
                        .isEqualTo(crds == NextApiVersion.STORED));
    }

    /** Tries a change of the definitions. */
    private Command.Result tryDefine(NextApiVersion crds) {
        return env.kubectl().run(crds.manifests(), List.of("apply", "--server-side", "--dry-run=server", "-f", "-"));
    }

    /** Sends a manifest of each version, of which nothing is stored. */
    private Command.Result probe() {
        String manifests = manifest(TODAY, "default", "probe") + "---\n" + manifest(NEXT, "default", "probe");
        return env.kubectl().run(manifests, List.of("apply", "--server-side", "--dry-run=server", "-f", "-"));
    }

    private Command.Result apply(String version, Subject subject) {
        return env.kubectl().apply(manifest(version, subject.namespace(), subject.name()));
    }

    private static String manifest(String version, String namespace, String name) {
        return TestEnvironment.resource(namespace, name, SPEC).replace("irsa.dev/" + TODAY, "irsa.dev/" + version);
    }

    private static String read(String version, Subject subject, String path) {
        return subject.field("iamserviceaccounts." + version + ".irsa.dev/" + subject.name(), path);
    }

    private List<String> stored() {
        return List.copyOf(controlPlane.storedObjects().versions("irsa.dev").keySet());
    }

    private List<String> storedIn(String version) {
        return controlPlane.storedObjects().versions("irsa.dev").entrySet().stream()
                .filter(object -> object.getValue().equals("irsa.dev/" + version))
                .map(object -> object.getKey())
                .toList();
    }

    private String storedVersions() {
        return env.kubectl().get("get", "crd", "-o=jsonpath={.items[*].status.storedVersions}");
    }

    private List<String> writes(Subject subject) {
        return env.proxy().calls().all().stream()
                .filter(call ->
                        call.roleName().filter(subject.roleName()::equals).isPresent())
                .map(AwsCall::action)
                .filter(action -> !action.matches("(Get|List).*"))
                .toList();
    }
}
