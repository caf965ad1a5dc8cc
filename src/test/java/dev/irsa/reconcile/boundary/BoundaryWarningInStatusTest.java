package dev.irsa.reconcile.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The operator says in the status which policies a boundary does not allow, and never waits for a boundary. */
class BoundaryWarningInStatusTest {
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/workloads";
    private static final String SPEC = """
            role: {permissionsBoundaryARN: "%s"}
            policies:
              inline:
              - name: read
                document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}
            """.formatted(BOUNDARY);
    private static final String WARNING = "the permissions boundary " + BOUNDARY
            + " does not allow \"s3:GetObject\" of policy read, so the role does not have these permissions; ask your platform"
            + " team to allow what you need in the boundary";

    private final ReconcileHarness harness = new ReconcileHarness();

    private void boundaryAllows(String action) {
        harness.operator.iam().account().document(BOUNDARY, """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                """.formatted(action));
    }

    private void begin(String spec) {
        harness.apply(spec);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).doesNotContain("boundary");
    }

    @Test
    void warnsAndStopsADayAfterTheBoundaryWasMended() {
        boundaryAllows("sqs:*");
        begin(SPEC);

        harness.operator.readBoundaries();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains(WARNING);

        boundaryAllows("s3:*");
        harness.operator.run(Duration.ofHours(20));
        harness.operator.readBoundaries();
        assertThat(harness.message()).contains(WARNING);

        harness.operator.run(Duration.ofHours(4));
        harness.operator.readBoundaries();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).doesNotContain("boundary");
    }

    @Test
    void stopsAtOnceIfThePolicyIsMended() {
        boundaryAllows("sqs:*");
        begin(SPEC);
        harness.operator.readBoundaries();

        harness.apply(SPEC.replace("s3:GetObject", "sqs:SendMessage"));
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).doesNotContain("boundary");
    }

    @Test
    void isReadyWithoutPermissionToReadTheBoundary() {
        boundaryAllows("sqs:*");
        harness.operator.iam().faults().deny("GetPolicy");
        begin(SPEC);

        harness.operator.readBoundaries();
        harness.operator.readBoundaries();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).doesNotContain("boundary");
        assertThat(harness.operator.iam().calls().of("GetPolicy")).isEqualTo(1);
    }

    @Test
    void makesTwoCallsForAllResources() {
        boundaryAllows("sqs:*");
        begin(SPEC);
        harness.operator.users().apply(ReconcileHarness.NS, "other", SPEC);
        harness.operator.settle();
        harness.forgetCalls();

        harness.operator.readBoundaries();

        assertThat(harness.operator.iam().calls().trail())
                .containsExactly("GetPolicy " + BOUNDARY, "GetPolicyVersion " + BOUNDARY);
        assertThat(harness.message()).contains(WARNING);
    }
}
