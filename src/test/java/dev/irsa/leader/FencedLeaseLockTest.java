package dev.irsa.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.port.NamespacedName;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FencedLeaseLockTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final MockApiServer server = MockApiServer.start();
    private final AtomicLong nanoTime = new AtomicLong();
    private final LeadershipFence ours = new LeadershipFence(Duration.ofSeconds(10), this::now);
    private final FencedLeaseLock lease = record("ours", ours);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void leadsAfterFirstWrite() {
        assertThat(lease.get(server.client())).isNull();
        assertThat(ours.holds()).isFalse();

        lease.create(server.client(), held("ours", NOW));

        assertThat(ours.holds()).isTrue();
    }

    @Test
    void renewalCountsFromBeforeItsRead() {
        lease.create(server.client(), held("ours", NOW));
        nanoTime.addAndGet(Duration.ofSeconds(8).toNanos());
        lease.get(server.client());
        nanoTime.addAndGet(Duration.ofSeconds(3).toNanos());

        lease.update(server.client(), held("ours", NOW.plusSeconds(8)));

        assertThat(ours.remaining()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void releaseDoesNotRenew() {
        lease.create(server.client(), held("ours", NOW));
        ours.end();
        lease.get(server.client());

        lease.update(server.client(), held(null, NOW));

        assertThat(ours.holds()).isFalse();
        assertThat(Objects.requireNonNull(lease.get(server.client())).getHolderIdentity())
                .isNullOrEmpty();
    }

    /** The answer may be lost, and the lease another's meanwhile. */
    @Test
    void leadershipEndsBeforeReleaseCompletes() {
        lease.create(server.client(), held("ours", NOW));
        lease.get(server.client());

        assertThatThrownBy(() -> lease.update(failing(new IllegalStateException("a defect")), held(null, NOW)))
                .isInstanceOf(KubernetesClientException.class);

        assertThat(ours.holds()).isFalse();
    }

    /** The other's clock may be an hour behind: what counts is since when the lease stands as it does. */
    @Test
    void datesForeignRenewalByOwnClock() {
        FencedLeaseLock theirs = record("theirs", new LeadershipFence(Duration.ofSeconds(10), this::now));
        Instant wrong = NOW.minus(Duration.ofHours(1));
        theirs.create(server.client(), held("theirs", wrong));

        assertThat(renewed()).isEqualTo(NOW);
        nanoTime.addAndGet(Duration.ofSeconds(14).toNanos());
        assertThat(renewed()).isEqualTo(NOW.minusSeconds(14));

        theirs.get(server.client());
        theirs.update(server.client(), held("theirs", wrong.plusSeconds(14)));
        assertThat(renewed()).isEqualTo(NOW);
    }

    @Test
    void rejectsWriteToStaleRecord() {
        FencedLeaseLock theirs = record("theirs", new LeadershipFence(Duration.ofSeconds(10), this::now));
        theirs.create(server.client(), held("theirs", NOW));
        lease.get(server.client());
        theirs.get(server.client());
        theirs.update(server.client(), held("theirs", NOW.plusSeconds(2)));

        assertThatThrownBy(() -> lease.update(server.client(), held("ours", NOW)))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(ours.holds()).isFalse();
    }

    /** Its holder works until it sees that the lease has gone, or another holds it. */
    @Test
    void deletedLeaseStaysHeldForItsDuration() {
        FencedLeaseLock theirs = record("theirs", new LeadershipFence(Duration.ofSeconds(10), this::now));
        theirs.create(server.client(), held("theirs", NOW));
        lease.get(server.client());
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());

        delete();

        assertThat(theirs.get(server.client())).isNull();
        assertThat(renewed()).isEqualTo(NOW);
        nanoTime.addAndGet(Duration.ofSeconds(14).toNanos());
        assertThat(lease.get(server.client())).isNull();
    }

    @Test
    void deletedUnheldLeaseIsFreeAtOnce() {
        lease.create(server.client(), held("ours", NOW));
        lease.get(server.client());
        lease.update(server.client(), held(null, NOW));
        FencedLeaseLock theirs = record("theirs", new LeadershipFence(Duration.ofSeconds(10), this::now));
        theirs.get(server.client());

        delete();

        assertThat(theirs.get(server.client())).isNull();
    }

    @Test
    void takesOverManuallyCreatedLease() {
        server.client().resource(named().withNewSpec().endSpec().build()).create();

        assertThat(lease.get(server.client())).isNotNull();
        lease.update(server.client(), held("ours", NOW));

        assertThat(ours.holds()).isTrue();
    }

    @Test
    void takesOverEmptyLease() {
        server.client().resource(named().build()).create();
        lease.get(server.client());
        lease.update(server.client(), held("ours", NOW));

        assertThat(ours.holds()).isTrue();
    }

    /** After anything else the library's elector ends, without a word. */
    @Test
    void reportsUnexpectedExceptionAsClientException() {
        assertThatThrownBy(() -> lease.get(failing(new IllegalStateException("a defect"))))
                .isInstanceOf(KubernetesClientException.class);
    }

    /** The elector catches the error, so the handler would not receive it. */
    @Test
    void passesErrorToHandlerOfThread() throws InterruptedException {
        Error error = new NoClassDefFoundError("a part of the program is missing");
        AtomicReference<Throwable> handled = new AtomicReference<>();
        Thread thread = Thread.ofVirtual()
                .uncaughtExceptionHandler((_, thrown) -> handled.set(thrown))
                .start(() -> assertThatThrownBy(() -> lease.get(failing(error))).isSameAs(error));

        thread.join();

        assertThat(handled).hasValue(error);
    }

    private static KubernetesClient failing(Throwable thrown) {
        return (KubernetesClient) Proxy.newProxyInstance(
                FencedLeaseLockTest.class.getClassLoader(),
                new Class<?>[] {KubernetesClient.class},
                (proxy, method, arguments) -> {
                    throw thrown;
                });
    }

    private static LeaseBuilder named() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("irsa-operator")
                .endMetadata();
    }

    private void delete() {
        server.client().resource(named().build()).delete();
    }

    private Instant renewed() {
        return Objects.requireNonNull(lease.get(server.client())).getRenewTime().toInstant();
    }

    private Moment now() {
        return Moment.now(nanoTime::get, () -> NOW);
    }

    private FencedLeaseLock record(String identity, LeadershipFence leadership) {
        return new FencedLeaseLock(
                new NamespacedName("default", "irsa-operator"), identity, leadership, () -> NOW, nanoTime::get);
    }

    private static LeaderElectionRecord held(@Nullable String holder, Instant renewed) {
        ZonedDateTime time = renewed.atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(holder, Duration.ofSeconds(15), time, time, 0);
    }
}
