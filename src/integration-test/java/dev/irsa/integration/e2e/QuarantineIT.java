package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A suspect tries what docs/incident-response.md lists, and does not get around the quarantine. */
@ExtendWith(SharedMachine.class)
class QuarantineIT {
    private static final String SPEC = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read-invoices, document: {Version: '2012-10-17',
                Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}""";

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private AppliedResource invoices;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("create", "namespace", "payments").orThrow();
        invoices = new AppliedResource(env, "payments", "invoices");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    /** QuarantinedDeletionTest has EKS Pod Identity. */
    @Test
    void aSuspectDoesNotGetAroundTheQuarantine() {
        try (OperatorProcess operator = env.sweeping().startReady()) {
            invoices.spec(SPEC).awaitReady();
            String id = invoices.get("{.status.role.id}");
            String annotation = invoices.roleArnAnnotation();
            ManualDrift.put(env, invoices.role(), "stop", ManualDrift.statement("Deny", "*"));

            invoices.patch("{\"spec\":{\"deletionPolicy\":\"Retain\"}}").delete();
            awaitQuarantined(operator, annotation);
            invoices.patch("{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
            awaitQuarantined(operator, annotation);
            removeFinalizer();
            assertThat(document("stop")).contains("Deny");

            invoices.spec(SPEC).awaitReady();
            assertThat(invoices.get("{.status.role.id}")).isEqualTo(id);
            useTemplateOfTheSameName();
            useAsExternalRole();
            freezeTheNamespace();
            assertThat(new AppliedResource(env, "payments", "ledger")
                            .spec(AppliedResource.ONE_POLICY)
                            .awaitReady()
                            .role())
                    .as("another resource means another role")
                    .isNotEqualTo(invoices.role());

            awaitOwnServiceAccount();
            invoices.delete();
            awaitQuarantined(operator, annotation);
            deleteTheNamespace(operator);
            env.iam()
                    .deleteRolePolicy(
                            request -> request.roleName(invoices.role()).policyName("stop"));
            invoices.awaitGone();
            assertThat(env.roleExists(invoices.role())).isFalse();
            env.kubectl().run("wait", "--for=delete", "namespace/payments").orThrow();
        }
    }

    private void awaitQuarantined(OperatorProcess operator, String annotation) {
        Metrics.awaitSweeps(operator, 2);
        assertThat(invoices.awaitReason("DeletionBlocked"))
                .contains("aws iam delete-role-policy --role-name " + invoices.role() + " --policy-name stop");
        assertThat(document("stop")).contains("Deny");
        assertThat(document("read-invoices")).contains("Allow");
        assertThat(invoices.roleArnAnnotation()).isEqualTo(annotation);
    }

    /** Kubernetes deletes the ServiceAccount of the resource whose finalizer was removed, and may take a while. */
    private void awaitOwnServiceAccount() {
        String uid = invoices.get("{.metadata.uid}");
        TestEnvironment.await()
                .until(() -> env.kubectl()
                        .run(
                                "get",
                                "serviceaccount",
                                "invoices",
                                "--namespace=payments",
                                "--ignore-not-found",
                                "--output=jsonpath={.metadata.ownerReferences[0].uid}")
                        .orThrow()
                        .stdout()
                        .equals(uid));
    }

    private void removeFinalizer() {
        env.kubectl()
                .run(
                        "patch",
                        "iamsa",
                        "invoices",
                        "--namespace=payments",
                        "--type=json",
                        "--patch=[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]")
                .orThrow();
        invoices.awaitGone();
    }

    private void useTemplateOfTheSameName() {
        env.kubectl().apply("""
                {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: stop}, spec: {
                  document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:Get*", Resource: "*"}]}}}
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: suspect}, spec: {
                  namespaceSelector: {},
                  allow: {templates: [{name: stop}], externalRoleARNs: ["arn:aws:iam::123456789012:role/*"]}}}
                """).orThrow();
        invoices.spec("{policies: {templates: [{name: stop}]}}");
        invoices.awaitReason("PolicyProtected");
        assertThat(document("stop")).contains("Deny");
        invoices.spec(SPEC).awaitReady();
    }

    /** The operator refuses a role that it manages, also for another ServiceAccount. */
    private void useAsExternalRole() {
        AppliedResource external = new AppliedResource(env, "payments", "external")
                .spec("{externalRole: {arn: '" + invoices.get("{.status.roleARN}") + "'}}");
        external.awaitReason("InvalidSpec");
        assertThat(external.roleArnAnnotation()).isEmpty();
    }

    private void freezeTheNamespace() {
        env.kubectl()
                .run("label", "namespace", "payments", "irsa.dev/freeze=true")
                .orThrow();
        AppliedResource ledger = new AppliedResource(env, "payments", "ledger").spec(AppliedResource.ONE_POLICY);
        ledger.awaitReason("NamespaceFrozen");
        assertThat(env.roleExists(ledger.role())).isFalse();
        env.kubectl().run("label", "namespace", "payments", "irsa.dev/freeze-").orThrow();
        ledger.awaitReady();
    }

    /** Kubernetes deletes the ServiceAccount, and keeps the namespace for as long as the resource has its finalizer. */
    private void deleteTheNamespace(OperatorProcess operator) {
        env.kubectl().run("delete", "namespace", "payments", "--wait=false").orThrow();
        Metrics.awaitSweeps(operator, 2);
        assertThat(invoices.awaitReason("DeletionBlocked")).contains("--policy-name stop");
        assertThat(document("stop")).contains("Deny");
        assertThat(document("read-invoices")).contains("Allow");
    }

    private String document(String policy) {
        return env.iam()
                .getRolePolicy(request -> request.roleName(invoices.role()).policyName(policy))
                .policyDocument();
    }
}
