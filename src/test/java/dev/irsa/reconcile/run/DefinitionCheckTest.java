package dev.irsa.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.cluster.InMemoryCluster;
import dev.irsa.fixtures.operator.CrashInterceptor;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.port.CrdState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DefinitionCheckTest {
    private final VirtualClock clock = new VirtualClock();
    private final CrashInterceptor interceptor = new CrashInterceptor();
    private final InMemoryCluster cluster = new InMemoryCluster(clock, interceptor);
    private final DefinitionCheck check = new DefinitionCheck(cluster, clock);

    @Test
    void readsOnceForAllDeletionsThatWereSeenBefore() {
        Instant first = seen();
        Instant second = seen();

        assertThat(check.isBeingDeleted(first)).isFalse();
        assertThat(check.isBeingDeleted(second)).isFalse();

        assertThat(interceptor.calls()).hasSize(1);
    }

    @Test
    void readsAgainForDeletionThatMayFollowFromThatOfTheDefinition() {
        Instant before = seen();
        assertThat(check.isBeingDeleted(before)).isFalse();

        cluster.users().definition(CrdState.DELETING);
        Instant after = clock.instant();

        assertThat(check.isBeingDeleted(after)).isTrue();
        assertThat(interceptor.calls()).hasSize(2);
    }

    @Test
    void readsAgainWhileDefinitionIsBeingDeleted() {
        Instant deletion = seen();
        cluster.users().definition(CrdState.DELETING);
        assertThat(check.isBeingDeleted(deletion)).isTrue();

        cluster.users().definition(CrdState.INTACT);

        assertThat(check.isBeingDeleted(deletion)).isFalse();
    }

    @Test
    void readsAgainAfterReadThatWasDenied() {
        Instant deletion = seen();
        cluster.users().definition(CrdState.UNKNOWN);
        assertThat(check.isBeingDeleted(deletion)).isFalse();

        cluster.users().definition(CrdState.DELETING);

        assertThat(check.isBeingDeleted(deletion)).isTrue();
    }

    @Test
    void readsAgainAfterReadThatFailed() {
        Instant deletion = seen();
        interceptor.before(_ -> {
            throw new IllegalStateException("no response");
        });
        assertThatThrownBy(() -> check.isBeingDeleted(deletion)).hasMessage("no response");
        interceptor.removeHooks();
        cluster.users().definition(CrdState.DELETING);

        assertThat(check.isBeingDeleted(deletion)).isTrue();
    }

    private Instant seen() {
        Instant now = clock.instant();
        clock.pass(Duration.ofMillis(1));
        return now;
    }
}
