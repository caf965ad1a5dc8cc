package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.OwnershipJourneys.TRUST;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.text.Page;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CallInterceptor.ExternalCall;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** With a policy that was generated with --boundary-arn, AWS denies changes of roles without a boundary. */
class RequiredBoundaryTest {
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/workloads";
    private static final String ADOPTING = USUAL + "role: {adoption: IfOffered}\n";
    private static final Set<String> BOUNDED =
            Set.of("iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePolicy");

    private static ReconcileHarness harness() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.interceptor().before(call -> {
            if (BOUNDED.contains(call.action()) && !isBounded(harness, call)) {
                throw new FailureException(
                        new Failure.AccessDenied(call.action(), "no identity-based policy allows " + call.action()));
            }
        });
        return harness;
    }

    private static boolean isBounded(ReconcileHarness harness, ExternalCall call) {
        return harness.operator
                .iam()
                .role(call.subject())
                .flatMap(role -> role.boundary())
                .isPresent();
    }

    private static void setBoundaryInTheEntitlement(ReconcileHarness harness) {
        require(harness, "permissionsBoundaryARN: " + BOUNDARY);
    }

    private static void require(ReconcileHarness harness, String requirements) {
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                allow:
                  managedPolicies: ["*"]
                  inlineActions: ["*"]
                require:
                  %s
                """.formatted(requirements)));
    }

    private static void assertWayOut(ReconcileHarness harness, String action) {
        assertThat(harness.reason()).isEqualTo("AccessDenied");
        assertThat(harness.message())
                .startsWith("the operator may not call " + action)
                .contains(
                        "sets a permissions boundary for role " + ROLE,
                        "--boundary-arn",
                        "set spec.role.permissionsBoundaryARN",
                        "set require.permissionsBoundaryARN in the entitlement");
    }

    @Test
    void adoptedRoleWithoutABoundaryKeepsItsTrustPolicyUntilTheEntitlementSetsOne() {
        ReconcileHarness harness = harness();
        OwnershipJourneys.offer(harness);
        harness.apply(ADOPTING + "suspend: true");
        harness.operator.settle();
        harness.apply(ADOPTING);

        harness.operator.run(Duration.ofHours(1));

        assertWayOut(harness, "iam:UpdateAssumeRolePolicy");
        assertThat(harness.role().trust()).isEqualTo(TRUST);

        setBoundaryInTheEntitlement(harness);
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().boundary()).contains(BOUNDARY);
        assertThat(harness.role().trust()).contains("system:serviceaccount:payments:invoices");
        assertThat(harness.operator.interceptor().awsWrites())
                .containsSubsequence("iam:PutRolePermissionsBoundary", "iam:UpdateAssumeRolePolicy");
    }

    @Test
    void newRoleWithoutABoundaryReportsTheWayOut() {
        ReconcileHarness harness = harness();
        harness.apply(USUAL);

        harness.operator.run(Duration.ofHours(1));

        assertWayOut(harness, "iam:CreateRole");
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
    }

    @Test
    void removedBoundaryIsSetAgainBeforeTheTrustPolicyIsRepaired() {
        ReconcileHarness harness = new ReconcileHarness();
        setBoundaryInTheEntitlement(harness);
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.interceptor().before(call -> {
            if (BOUNDED.contains(call.action())) {
                assertThat(isBounded(harness, call)).isTrue();
            }
        });
        String trust = harness.role().trust();
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withTrust(TRUST).withoutBoundary());

        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().boundary()).contains(BOUNDARY);
        assertThat(harness.role().trust()).isEqualTo(trust);
    }

    /** The operator's policy may no longer list the boundary that the role has. */
    @Test
    void roleWithAnEarlierBoundaryAndAMissingRequirementReportsTheWayOut() {
        String earlier = "arn:aws:iam::111122223333:policy/earlier";
        String baseline = "arn:aws:iam::111122223333:policy/baseline";
        Set<String> listed = new TreeSet<>(Set.of(BOUNDARY));
        ReconcileHarness harness = new ReconcileHarness();
        require(harness, "permissionsBoundaryARN: " + earlier);
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("iam:AttachRolePolicy")
                    && !listed.contains(harness.role().boundary().orElseThrow())) {
                throw new FailureException(new Failure.AccessDenied(call.action(), "no"));
            }
        });

        require(harness, "permissionsBoundaryARN: " + BOUNDARY + "\n  managedPolicies: ['" + baseline + "']");
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("AccessDenied");
        assertThat(harness.message())
                .contains("still has the permissions boundary " + earlier, "list this boundary", "--boundary-arn");
        assertThat(harness.role().boundary())
                .as("without the required policy, no other boundary")
                .contains(earlier);

        listed.add(earlier);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().boundary()).contains(BOUNDARY);
        assertThat(harness.role().attached()).contains(baseline, ReconcileHarness.S3);
    }

    @Test
    void denialForAnotherReasonKeepsItsMessage() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("iam:CreateRole")) {
                throw new FailureException(new Failure.AccessDenied(
                        call.action(), "denied with an explicit deny in a service control policy"));
            }
        });
        harness.apply(USUAL);

        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.message())
                .isEqualTo("the operator may not call iam:CreateRole: denied with an explicit deny in a service control"
                        + " policy; ask your platform team to grant the permission" + Page.PERMISSIONS.reference());
    }
}
