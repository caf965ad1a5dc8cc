package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PodIdentityLoopTest {
    private static final PodIdentityAvailability AVAILABLE = new PodIdentityAvailability.Available();
    private static final PodIdentityAvailability UNAVAILABLE =
            new PodIdentityAvailability.Unavailable("no agent; install it");
    private static final Failure OUTAGE = new Failure.Passing(Reason.KubernetesUnavailable, "the API server is down");

    private final Logger logger = (Logger) LoggerFactory.getLogger(PodIdentityLoop.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Supplier<PodIdentityAvailability> cluster = () -> AVAILABLE;
    private boolean used = true;
    private boolean permitted = true;
    private int looks;
    private int requeues;
    private final PodIdentityLoop loop = new PodIdentityLoop(this::look, () -> used, () -> permitted, () -> requeues++);

    private PodIdentityAvailability look() {
        looks++;
        return cluster.get();
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void looksOnceADayAndReportsNothingUntilPodIdentityIsUsed() {
        used = false;
        cluster = () -> {
            throw new FailureException(OUTAGE);
        };
        Duration pause = loop.step();
        assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(loop.isAvailable()).isFalse();
        cluster = () -> AVAILABLE;
        long aDay = Duration.ofDays(1).dividedBy(pause);
        for (long step = 1; step <= aDay; step++) {
            loop.step();
        }
        assertThat(looks).isEqualTo(2);
        assertThat(loop.isAvailable()).isTrue();
        assertThat(failure().reason()).isEqualTo(Reason.Reconciling);
        assertThat(requeues).isZero();
        assertThat(log.list).isEmpty();

        used = true;
        loop.step();

        assertThat(loop.current()).isEqualTo(AVAILABLE);
    }

    @Test
    void doesNotLookWithoutPermissionWhilePodIdentityIsUnused() {
        used = false;
        permitted = false;
        cluster = () -> {
            throw new AssertionError("looked");
        };

        loop.step();

        assertThat(loop.isAvailable()).isFalse();
    }

    @Test
    void asksToWaitBeforeTheFirstLook() {
        assertThat(failure().reason()).isEqualTo(Reason.Reconciling);
    }

    @Test
    void warnsOnceThatTheClusterCannotHavePodIdentity() {
        cluster = () -> UNAVAILABLE;

        loop.step();
        loop.step();

        assertThat(loop.current()).isEqualTo(UNAVAILABLE);
        assertThat(lines(Level.WARN))
                .containsExactly("pods cannot get credentials from EKS Pod Identity: no agent; install it");
    }

    @Test
    void requeuesResourcesOnlyWhenTheAnswerChanges() {
        cluster = () -> UNAVAILABLE;
        Duration waiting = loop.step();
        loop.step();
        assertThat(requeues).isEqualTo(1);

        cluster = () -> AVAILABLE;
        Duration satisfied = loop.step();
        loop.step();

        assertThat(requeues).isEqualTo(2);
        assertThat(loop.current()).isEqualTo(AVAILABLE);
        assertThat(lines(Level.INFO)).containsExactly("pods can get credentials from EKS Pod Identity");
        assertThat(waiting).isLessThan(satisfied);
    }

    @Test
    void looksAgainSoonAndThenOnceAMinuteWhileTheAgentIsMissing() {
        cluster = () -> UNAVAILABLE;

        List<Duration> pauses = Stream.generate(loop::step).limit(8).toList();

        assertThat(pauses).startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(pauses).endsWith(Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    @Test
    void looksAgainSoonWhenTheAgentIsRemovedOrPodIdentityIsUsedAgain() {
        cluster = () -> UNAVAILABLE;
        Duration soon = loop.step();
        assertThat(loop.step()).isGreaterThan(soon);

        cluster = () -> AVAILABLE;
        loop.step();
        cluster = () -> UNAVAILABLE;
        assertThat(loop.step()).as("after the agent was removed").isEqualTo(soon);

        used = false;
        loop.step();
        used = true;
        assertThat(loop.step()).as("after a time without use").isEqualTo(soon);
    }

    @Test
    void reportsWhyTheFirstLookFailed() {
        cluster = () -> {
            throw new FailureException(OUTAGE);
        };

        loop.step();

        assertThat(failure()).isEqualTo(OUTAGE);
    }

    @Test
    void keepsTheAnswerDuringAnOutage() {
        loop.step();
        cluster = () -> {
            throw new FailureException(OUTAGE);
        };

        Duration first = loop.step();
        Duration second = loop.step();

        assertThat(loop.current()).isEqualTo(AVAILABLE);
        assertThat(requeues).isEqualTo(1);
        assertThat(second).isGreaterThan(first);
        assertThat(lines(Level.WARN)).hasSize(1);
    }

    private Failure failure() {
        return catchThrowableOfType(FailureException.class, loop::current).failure();
    }

    private List<String> lines(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
