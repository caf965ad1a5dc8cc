package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.Emulator;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main journeys of a resource, with the operator as its own process, against each emulator of AWS. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Journeys {
    private static final String SPEC = "{role: {description: one, tags: {team: payments}}, policies: {managed: [%s]}}";
    private static final String S3 = "AmazonS3ReadOnlyAccess";
    private static final String SQS = "AmazonSQSReadOnlyAccess";
    private static final String ADOPTING =
            "{suspend: true, role: {adoption: IfOffered}, deletionPolicy: Retain, policies: {managed: [" + S3 + "]}}";

    private final Emulator emulator;
    private FaultProxy proxy;
    private TestEnvironment env;
    private OperatorProcess operator;

    Journeys(Emulator emulator) {
        this.emulator = emulator;
    }

    @BeforeAll
    void start(ControlPlane controlPlane, Kubectl kubectl) throws IOException {
        proxy = FaultProxy.before(emulator.endpoint());
        env = TestEnvironment.withoutProvider(controlPlane, emulator.endpoint(), proxy, kubectl);
        operator = env.sweeping().withArguments("--oidc-provider=Create").startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        proxy.close();
        env.iam().close();
        emulator.close();
        OperatorLog.assertNoStackTrace(operator.log());
    }

    @Test
    void createsTheProvider() {
        Subject.in(env).apply("{}").awaitReady().delete();

        String arn = "arn:aws:iam::123456789012:oidc-provider/"
                + ControlPlaneSettings.EKS_ISSUER.substring("https://".length());
        assertThat(env.iam()
                        .getOpenIDConnectProvider(request -> request.openIDConnectProviderArn(arn))
                        .clientIDList())
                .contains("sts.amazonaws.com", "vault.example.com");
    }

    @Test
    void createsChangesAndDeletesARole() {
        Subject subject = Subject.in(env).apply(SPEC.formatted(S3)).awaitReady();
        assertThat(env.attached(subject.roleName())).containsExactly(ManualDrift.MANAGED + S3);
        assertThat(env.tags(subject.roleName())).containsEntry("team", "payments");
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());

        subject.apply(SPEC.formatted(SQS).replace("one", "two")).awaitReady();
        assertThat(env.attached(subject.roleName())).containsExactly(ManualDrift.MANAGED + SQS);
        assertThat(env.role(subject.roleName()).description()).isEqualTo("two");

        subject.delete();
        assertThat(subject.roleExists()).isFalse();
    }

    @Test
    void repairsDrift() {
        for (ManualDrift drift : ManualDrift.all()) {
            Subject subject = Subject.in(env).apply(ManualDrift.SPEC).awaitReady();
            VisibleState before = VisibleState.of(subject);

            drift.change().accept(env, subject.roleName());

            before.awaitRestored(subject);
            subject.delete();
        }
    }

    @Test
    void adoptsARole() {
        AppliedResource resource = new AppliedResource(env, env.namespace(), "invoices");
        String offer = TestEnvironment.CLUSTER + "/" + resource.namespace() + "/invoices";
        RoleSnapshot before = ConsoleUser.createRole(
                env, resource.role(), TestEnvironment.PATH, Map.of("irsa.dev/adoptable-by", offer));

        resource.spec(ADOPTING).awaitReason("Suspended");
        resource.patch("{\"spec\":{\"suspend\":false}}").awaitReady();

        RoleSnapshot after = RoleSnapshot.of(env, resource.role());
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.tags()).containsEntry("irsa.dev/adopted", "true");
        assertThat(after.attached()).containsExactly(ManualDrift.MANAGED + S3);
    }

    @Test
    void retainsARole() {
        Subject subject = Subject.in(env)
                .apply("{deletionPolicy: Retain, policies: {managed: [" + S3 + "]}}")
                .awaitReady();

        subject.delete();

        assertThat(env.attached(subject.roleName())).containsExactly(ManualDrift.MANAGED + S3);
        assertThat(env.tags(subject.roleName()))
                .containsKey("irsa.dev/adoptable-by")
                .doesNotContainKey("irsa.dev/cluster");
    }
}
