package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.InvariantMonitor;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariants of order: what must exist before what, and which resources wait for which. */
class OrderInvariantTest {
    private static final String WHOLE = USUAL + """
            role:
              description: d
              maxSessionDurationSeconds: 7200
              permissionsBoundaryARN: arn:aws:iam::111122223333:policy/boundary
              tags: {team: payments}
            """;

    @Test
    void addsTheFinalizerBeforeCreatingTheRole() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                        .contains(IamServiceAccount.FINALIZER);
            }
        });
        harness.apply(WHOLE);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void createsNoRoleWhenTheFinalizerCannotBeAdded() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("patch iamserviceaccounts")) {
                throw new FailureException(new Failure.AccessDenied("patch iamserviceaccounts", "forbidden"));
            }
        });
        harness.apply(WHOLE);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("AccessDenied");
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    @Test
    void restoresARemovedFinalizer() {
        ReconcileHarness harness = ReconcileHarness.ready(WHOLE);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.operator.settle();
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .containsExactly(IamServiceAccount.FINALIZER);
    }

    @Test
    void createsTheRoleWithTagsTrustPolicyAndBoundary() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().fail("AttachRolePolicy", Refusal.serviceFailure());
        harness.apply(WHOLE);
        harness.operator.run(Duration.ofSeconds(1));
        RoleRecord created = harness.role();
        assertThat(created.boundary()).contains("arn:aws:iam::111122223333:policy/boundary");
        assertThat(created.description()).isEqualTo("d");
        assertThat(created.maxSessionSeconds()).isEqualTo(7200);
        assertThat(created.tags())
                .containsEntry("team", "payments")
                .containsEntry("irsa.dev/cluster", "prod")
                .containsEntry("irsa.dev/cluster-id", "11111111-2222-3333-4444-555555555555")
                .containsEntry("irsa.dev/resource", "payments/invoices")
                .containsKey("irsa.dev/issuer");
        InvariantMonitor.assertPinned(created, "creation", SimulatedOperator.IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AttachRolePolicy", "PutRolePolicy"})
    void annotatesTheServiceAccountOnlyOnceTheRoleHasEveryPolicy(String action) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().fail(action, Refusal.serviceFailure());
        harness.apply(WHOLE);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        harness.operator.iam().faults().none();
        harness.operator.settle();
        assertThat(harness.pointer()).contains(harness.role().arn());
    }

    @Test
    void removesTheAnnotationBeforeTheRoleLosesAnything() {
        ReconcileHarness harness = ReconcileHarness.ready(WHOLE);
        harness.operator.interceptor().before(call -> {
            if (call.action().startsWith("iam:De")) {
                assertThat(harness.pointer()).as("before %s", call).isEmpty();
            }
        });
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void keepsTheRoleWhileTheServiceAccountCannotBeReleased() {
        ReconcileHarness harness = ReconcileHarness.ready(WHOLE);
        RoleRecord before = harness.role();
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("patch serviceaccounts")) {
                throw new FailureException(new Failure.Passing(Reason.KubernetesUnavailable, "down"));
            }
        });
        harness.delete();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.role()).isEqualTo(before);
    }

    @Test
    void removesAccessBeforeReplacingTheBoundary() {
        ReconcileHarness harness = ReconcileHarness.ready(WHOLE);
        harness.apply("""
                policies:
                  managed: [Other]
                  inline:
                  - name: write
                    document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}
                role:
                  permissionsBoundaryARN: arn:aws:iam::111122223333:policy/other
                token: {audience: other}
                """);
        harness.operator.settle();
        List<String> writes = harness.operator.interceptor().awsWrites();
        assertThat(writes)
                .containsExactly(
                        "iam:DetachRolePolicy",
                        "iam:DeleteRolePolicy",
                        "iam:UpdateRole",
                        "iam:UntagRole",
                        "iam:PutRolePermissionsBoundary",
                        "iam:UpdateAssumeRolePolicy",
                        "iam:AttachRolePolicy",
                        "iam:PutRolePolicy");
    }

    @Test
    void attachesPoliciesBeforeDetachingOthers() {
        ReconcileHarness harness = ReconcileHarness.ready(WHOLE);
        harness.apply(WHOLE.replace("[AmazonS3ReadOnlyAccess]", "[Other]"));
        harness.operator.settle();
        assertThat(harness.operator.interceptor().awsWrites())
                .containsExactly("iam:AttachRolePolicy", "iam:DetachRolePolicy");
    }

    @Test
    void doesNotDelayOtherResourcesWhenOneFails() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.interceptor().before(call -> {
            if (call.subject().contains("broken") && call.action().startsWith("iam:")) {
                throw new FailureException(new Failure.Passing(Reason.AwsUnavailable, "no answer"));
            }
        });
        for (int i = 0; i < 5; i++) {
            harness.operator.users().apply(NS, "broken-" + i, USUAL);
            harness.operator.users().apply(NS, "well-" + i, USUAL);
        }
        harness.operator.run(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            assertThat(harness.isReady("well-" + i)).isTrue();
            assertThat(harness.reason("broken-" + i)).isEqualTo("AwsUnavailable");
        }
        assertThat(harness.operator.iam().calls().of("CreateRole")).isEqualTo(5);
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
    }

    @Test
    void makesNoCallsWhileNothingChanges() {
        ReconcileHarness harness = ReconcileHarness.ready(WHOLE);
        harness.operator.run(Duration.ofDays(7));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void restoresARemovedFinalizerWhileTheReconcileIsBlocked() {
        ReconcileHarness bounded = ReconcileHarness.ready(USUAL);
        bounded.operator.iam().console().edit(ROLE, role -> role.withBoundary("arn:aws:iam::111122223333:policy/b"));
        bounded.operator.restart();
        bounded.operator.now();
        assertThat(bounded.message()).contains("permissions boundary");
        assertFinalizerRestored(bounded);

        ReconcileHarness invalid = ReconcileHarness.ready(USUAL);
        invalid.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        invalid.operator.settle();
        assertThat(invalid.reason()).isEqualTo("InvalidSpec");
        assertFinalizerRestored(invalid);

        ReconcileHarness missing = ReconcileHarness.ready(USUAL);
        missing.apply(USUAL + "serviceAccounts: [{name: invoices, management: Annotate}]");
        missing.operator.users().deleteServiceAccount(NS, NAME);
        missing.operator.settle();
        assertThat(missing.reason()).isEqualTo("ServiceAccountMissing");
        assertFinalizerRestored(missing);
    }

    private static void assertFinalizerRestored(ReconcileHarness harness) {
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.operator.now();
        assertThat(harness.resource().orElseThrow().hasFinalizer(IamServiceAccount.FINALIZER))
                .isTrue();
    }
}
