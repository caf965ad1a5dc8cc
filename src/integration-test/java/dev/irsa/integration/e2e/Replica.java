package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * One of two replicas of the operator in the same cluster.
 *
 * @param proxy its own proxy to AWS, which records only its calls
 */
record Replica(OperatorProcess process, FaultProxy proxy) implements AutoCloseable {
    static final String LEASE = "irsa-operator/irsa-operator";

    /** Starts a replica and returns when it is ready. */
    static Replica start(OperatorLaunch launch, URI aws) {
        return start(OperatorLaunch::startReady, launch, aws);
    }

    /** Starts a replica and does not wait. */
    static Replica startWithoutWaiting(OperatorLaunch launch, URI aws) {
        return start(OperatorLaunch::start, launch, aws);
    }

    private static Replica start(Function<OperatorLaunch, OperatorProcess> start, OperatorLaunch launch, URI aws) {
        try {
            FaultProxy proxy = FaultProxy.before(aws);
            return new Replica(
                    start.apply(launch.withArguments("--leader-election", "--lease=" + LEASE)
                            .withEnvironment("AWS_ENDPOINT_URL", proxy.uri().toString())),
                    proxy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the metric reports leadership. A process that has exited or is frozen does not lead. */
    boolean leads() {
        try {
            return Metrics.value(process, "irsa_leader") == 1;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    void awaitLeading() {
        TestEnvironment.await().until(this::leads);
    }

    List<String> writes() {
        return proxy.calls().all().stream()
                .filter(call ->
                        !call.action().startsWith("Get") && !call.action().startsWith("List"))
                .map(call -> call.name())
                .toList();
    }

    void assertStandby() {
        assertThat(Metrics.value(process, "irsa_leader")).isZero();
        assertThat(process.status("/livez")).isEqualTo(200);
        assertThat(process.status("/readyz")).isEqualTo(200);
        assertThat(proxy.calls().all()).isEmpty();
    }

    @Override
    public void close() {
        process.close();
        proxy.close();
    }
}
