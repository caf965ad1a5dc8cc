package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
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

/** Invariants of order: what must be there before what, and who waits for whom. */
class OrderInvariantTest {
    private static final String WHOLE = USUAL + """
            role:
              description: d
              maxSessionDurationSeconds: 7200
              permissionsBoundaryArn: arn:aws:iam::111122223333:policy/boundary
              tags: {team: payments}
            """;

    @Test
    void theFinalizerIsOnTheResourceBeforeTheRoleIsMade() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.gate().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                assertThat(trial.resource().orElseThrow().getMetadata().getFinalizers())
                        .contains(IamServiceAccount.FINALIZER);
            }
        });
        trial.apply(WHOLE);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void theRoleIsNotMadeWhenTheFinalizerCannotBePut() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.gate().before(call -> {
            if (call.action().equals("patch iamserviceaccounts")) {
                throw new FailureException(new Failure.AccessDenied("patch iamserviceaccounts", "forbidden"));
            }
        });
        trial.apply(WHOLE);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("AccessDenied");
        assertThat(trial.operator.gate().awsWrites()).isEmpty();
    }

    @Test
    void aFinalizerThatWasTakenOffIsPutBack() {
        ReconcileHarness trial = ReconcileHarness.ready(WHOLE);
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        trial.operator.settle();
        assertThat(trial.resource().orElseThrow().getMetadata().getFinalizers())
                .containsExactly(IamServiceAccount.FINALIZER);
    }

    @Test
    void aRoleIsBornWhole() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().faults().fail("AttachRolePolicy", Refusal.serviceFailure());
        trial.apply(WHOLE);
        trial.operator.run(Duration.ofSeconds(1));
        RoleRecord born = trial.role();
        assertThat(born.boundary()).contains("arn:aws:iam::111122223333:policy/boundary");
        assertThat(born.description()).isEqualTo("d");
        assertThat(born.maxSessionSeconds()).isEqualTo(7200);
        assertThat(born.tags())
                .containsEntry("team", "payments")
                .containsEntry("irsa.dev/cluster", "prod")
                .containsEntry("irsa.dev/cluster-id", "11111111-2222-3333-4444-555555555555")
                .containsEntry("irsa.dev/resource", "payments/invoices")
                .containsKey("irsa.dev/issuer");
        InvariantMonitor.pinned(born, "birth", SimulatedOperator.IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AttachRolePolicy", "PutRolePolicy"})
    void theServiceAccountPointsAtNoRoleThatLacksAPolicy(String action) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().faults().fail(action, Refusal.serviceFailure());
        trial.apply(WHOLE);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.operator.hands().serviceAccounts()).isEmpty();
        trial.operator.iam().faults().none();
        trial.operator.settle();
        assertThat(trial.pointer()).contains(trial.role().arn());
    }

    @Test
    void theServiceAccountStopsPointingBeforeTheRoleLosesAnything() {
        ReconcileHarness trial = ReconcileHarness.ready(WHOLE);
        trial.operator.gate().before(call -> {
            if (call.action().startsWith("iam:De")) {
                assertThat(trial.pointer()).as("before %s", call).isEmpty();
            }
        });
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @Test
    void theRoleKeepsAllWhileTheServiceAccountCannotBeReleased() {
        ReconcileHarness trial = ReconcileHarness.ready(WHOLE);
        RoleRecord before = trial.role();
        trial.operator.gate().before(call -> {
            if (call.action().equals("patch serviceaccounts")) {
                throw new FailureException(new Failure.Passing(Reason.KubernetesUnavailable, "down"));
            }
        });
        trial.delete();
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        assertThat(trial.role()).isEqualTo(before);
    }

    @Test
    void changesComeInOrderAndWhatIsNotToStayGoesBeforeAnotherBoundary() {
        ReconcileHarness trial = ReconcileHarness.ready(WHOLE);
        trial.apply("""
                policies:
                  managed: [Other]
                  inline:
                  - name: write
                    document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}
                role:
                  permissionsBoundaryArn: arn:aws:iam::111122223333:policy/other
                token: {audience: other}
                """);
        trial.operator.settle();
        List<String> writes = trial.operator.gate().awsWrites();
        assertThat(writes)
                .containsExactly(
                        "iam:DetachRolePolicy",
                        "iam:DeleteRolePolicy",
                        "iam:UntagRole",
                        "iam:PutRolePermissionsBoundary",
                        "iam:UpdateAssumeRolePolicy",
                        "iam:UpdateRole",
                        "iam:AttachRolePolicy",
                        "iam:PutRolePolicy");
    }

    @Test
    void changesKeepAccess() {
        ReconcileHarness trial = ReconcileHarness.ready(WHOLE);
        trial.apply(WHOLE.replace("[AmazonS3ReadOnlyAccess]", "[Other]"));
        trial.operator.settle();
        assertThat(trial.operator.gate().awsWrites()).containsExactly("iam:AttachRolePolicy", "iam:DetachRolePolicy");
    }

    @Test
    void aBrokenResourceDoesNotDelayTheOthers() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.gate().before(call -> {
            if (call.subject().contains("broken") && call.action().startsWith("iam:")) {
                throw new FailureException(new Failure.Passing(Reason.AwsUnavailable, "no answer"));
            }
        });
        for (int i = 0; i < 5; i++) {
            trial.operator.hands().apply(NS, "broken-" + i, USUAL);
            trial.operator.hands().apply(NS, "well-" + i, USUAL);
        }
        trial.operator.run(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            assertThat(trial.isReady("well-" + i)).isTrue();
            assertThat(trial.reason("broken-" + i)).isEqualTo("AwsUnavailable");
        }
        assertThat(trial.operator.iam().calls().of("CreateRole")).isEqualTo(5);
        assertThat(trial.operator.iam().role(ROLE)).isEmpty();
    }

    @Test
    void nothingIsDoneWhileNothingChanges() {
        ReconcileHarness trial = ReconcileHarness.ready(WHOLE);
        trial.operator.run(Duration.ofDays(7));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void aFinalizerThatWasTakenOffIsPutBackAlsoWhenSomethingIsInTheWay() {
        ReconcileHarness bounded = ReconcileHarness.ready(USUAL);
        bounded.operator.iam().console().edit(ROLE, role -> role.withBoundary("arn:aws:iam::111122223333:policy/b"));
        bounded.operator.restart();
        bounded.operator.now();
        assertThat(bounded.message()).contains("permissions boundary");
        assertThatTheFinalizerComesBack(bounded);

        ReconcileHarness invalid = ReconcileHarness.ready(USUAL);
        invalid.apply("policies: {inline: [{name: x, document: {Version: '2012-10-17'}}]}");
        invalid.operator.settle();
        assertThat(invalid.reason()).isEqualTo("InvalidSpec");
        assertThatTheFinalizerComesBack(invalid);

        ReconcileHarness missing = ReconcileHarness.ready(USUAL);
        missing.apply(USUAL + "serviceAccount: {management: Annotate}");
        missing.operator.hands().deleteServiceAccount(NS, NAME);
        missing.operator.settle();
        assertThat(missing.reason()).isEqualTo("ServiceAccountMissing");
        assertThatTheFinalizerComesBack(missing);
    }

    private static void assertThatTheFinalizerComesBack(ReconcileHarness trial) {
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        trial.operator.now();
        assertThat(trial.resource().orElseThrow().hasFinalizer(IamServiceAccount.FINALIZER))
                .isTrue();
    }
}
