package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/incident-response.md: a responder cuts off a role, and neither the operator nor a suspect undoes it. */
@ExtendWith(SharedMachine.class)
class IncidentResponseIT {
    private static final String FIND_ROLE =
            "ROLE=$(kubectl get iamsa invoices --namespace payments -o jsonpath='{.status.role.name}')\n";
    private static final String SPEC = """
            {role: {description: %s}, policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read-invoices, document: {Version: '2012-10-17',
                Statement: [{Effect: Allow, Action: '%s', Resource: '*'}]}}]}}""";

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private Shell shell;
    private AppliedResource invoices;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy, @TempDir Path folder) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("create", "namespace", "payments").orThrow();
        shell = Shell.in(folder, controlPlane.kubeconfig()).withAws(moto);
        invoices = new AppliedResource(env, "payments", "invoices");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void aRoleIsCutOffUntilTheResponderEndsTheIncident() throws Exception {
        GuideRun.of(IncidentResponseIT.class, shell, guide -> {
            guide.run("aws iam create-policy");
            String quarantine;
            try (OperatorProcess operator = launch().startReady()) {
                invoices.spec(SPEC.formatted("one", "s3:GetObject")).awaitReady();
                cutOff(guide, operator);
                quarantine = attached("quarantine");
                denyUnderTheNameOfThePolicyOfTheSpec();
            }
            invoices.spec(SPEC.formatted("two", "s3:PutObject"));
            try (OperatorProcess operator = launch().startReady()) {
                staysCutOff(operator, quarantine);
                end(guide);
            }
        });
    }

    private OperatorLaunch launch() {
        return env.sweeping().withArguments("--protected-policies", "arn:aws:iam::*:policy/quarantine");
    }

    private void cutOff(GuideRun guide, OperatorProcess operator) {
        assertThat(guide.run("kubectl get iamsa --all-namespaces"))
                .containsPattern("payments +invoices +invoices +" + invoices.role());
        guide.run("cat > deny.json");
        assertThat(guide.run(FIND_ROLE + "aws iam get-role-policy")).contains("Deny");
        guide.run(FIND_ROLE + "ACCOUNT=$(aws sts get-caller-identity --query Account --output text)\n"
                + "aws iam attach-role-policy");
        Metrics.awaitSweeps(operator, 2);
        invoices.await("names what it keeps")
                .untilAsserted(() -> assertThat(invoices.ready("message"))
                        .contains("policies kept because they only deny: AWSDenyAll")
                        .contains("policies kept because --protected-policies matches them: ", ":policy/quarantine"));
        assertThat(guide.run("kubectl get iamsa invoices --namespace payments -o jsonpath="))
                .contains("AWSDenyAll");
        assertThat(invoices.ready("status")).isEqualTo("True");
    }

    /** A policy of the spec becomes one that denies, and the user changes the resource. */
    private void denyUnderTheNameOfThePolicyOfTheSpec() {
        ManualDrift.put(env, invoices.role(), "read-invoices", ManualDrift.statement("Deny", "*"));
        assertThat(invoices.awaitReason("PolicyProtected"))
                .contains("aws iam delete-role-policy --role-name " + invoices.role() + " --policy-name read-invoices");
        assertThat(invoices.trueConditions()).isEqualTo("Stalled");
    }

    private void staysCutOff(OperatorProcess operator, String quarantine) {
        invoices.await("makes the other changes")
                .until(() -> env.role(invoices.role()).description().equals("two"));
        Metrics.awaitSweeps(operator, 2);
        assertThat(invoices.awaitReason("PolicyProtected")).contains("read-invoices");
        assertThat(invoices.trueConditions()).isEqualTo("Stalled");
        assertThat(document("read-invoices")).contains("Deny").doesNotContain("Allow");
        assertThat(document("AWSDenyAll")).contains("Deny");
        assertThat(env.attached(invoices.role())).contains(quarantine);
    }

    private void end(GuideRun guide) {
        guide.run(FIND_ROLE + "aws iam delete-role-policy --role-name \"$ROLE\" --policy-name read-invoices");
        invoices.awaitReady();
        assertThat(document("read-invoices")).contains("Allow", "PutObject");
        // The suspect does not wait for the end of the incident.
        invoices.delete();
        assertThat(invoices.awaitReason("DeletionBlocked")).contains("AWSDenyAll", ":policy/quarantine");
        assertThat(invoices.hasServiceAccount()).isTrue();
        guide.run(FIND_ROLE + "aws iam delete-role-policy --role-name \"$ROLE\" --policy-name AWSDenyAll");
        guide.run(FIND_ROLE + "ACCOUNT=$(aws sts get-caller-identity --query Account --output text)\n"
                + "aws iam detach-role-policy");
        invoices.awaitGone();
        assertThat(env.roleExists(invoices.role())).isFalse();
    }

    private String attached(String policy) {
        return env.attached(invoices.role()).stream()
                .filter(arn -> arn.endsWith("/" + policy))
                .findFirst()
                .orElseThrow();
    }

    private String document(String policy) {
        return env.iam()
                .getRolePolicy(request -> request.roleName(invoices.role()).policyName(policy))
                .policyDocument();
    }
}
