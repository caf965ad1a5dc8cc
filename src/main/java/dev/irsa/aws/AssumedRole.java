package dev.irsa.aws;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The credentials of a role in another account. The role is assumed when they are first needed, and again before they end. They are used only
 * if STS confirms that they belong to that account, and until AWS rejects them.
 *
 * <p>The provider of the SDK is not used, because it does not show which account STS answers for. It also calls STS again for each call
 * after a failure.
 */
public final class AssumedRole implements AwsCredentialsProvider {
    /** The longest session that a role may start from the session of another role. Source: "Role chaining" of the IAM user guide. */
    private static final Duration SESSION = Duration.ofHours(1);

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(10);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

    private final RoleAssumption assumption;
    private final InstantSource clock;
    private final InstantSource timeOfDay;
    /** Guards the fields below. Only a session may be read without it. */
    private final ReentrantLock renewal = new ReentrantLock();

    private volatile Optional<Session> session = Optional.empty();
    private Optional<FailureException> failure = Optional.empty();
    private Instant retry = Instant.MIN;

    /**
     * The role to assume.
     *
     * @param account the id of its account
     * @param sessionName shown by CloudTrail in that account
     */
    public record Target(String account, String roleARN, Optional<String> externalId, String sessionName) {}

    /**
     * Ends {@link #SESSION} after the request for it. The time that STS returns is not used: the clock of the node may be wrong.
     *
     * @param begin by the monotonic clock
     * @param beginTime by the time of day, which also passes while the machine is suspended
     */
    private record Session(AwsCredentials credentials, Instant begin, Instant beginTime) {
        boolean lasts(Duration remaining, Instant now, Instant timeOfDay) {
            Duration until = SESSION.minus(remaining);
            return now.isBefore(begin.plus(until)) && timeOfDay.isBefore(beginTime.plus(until));
        }
    }

    /**
     * Creates credentials of which none are known yet.
     *
     * @param clock measures elapsed time; it is never set
     * @param timeOfDay also passes while the machine is suspended
     */
    public AssumedRole(
            StsClient sts, CallInterceptor interceptor, Target target, InstantSource clock, InstantSource timeOfDay) {
        this.assumption = new RoleAssumption(sts, new AwsCalls(interceptor), target);
        this.clock = clock;
        this.timeOfDay = timeOfDay;
    }

    /**
     * Confirms that there are credentials, and that they belong to the account.
     *
     * @throws FailureException if STS does not answer, refuses the role, or answers for another account
     */
    public void confirm() {
        AwsCredentials _ = resolveCredentials();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return current().credentials();
    }

    /**
     * Returns an interceptor for calls with these credentials. If AWS rejects the session of a call, because the role was created again
     * for example, no later call uses that session. The role is assumed again after a pause.
     */
    public CallInterceptor droppingRejectedSessions() {
        return new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                Optional<Session> used = session;
                try {
                    return work.get();
                } catch (FailureException e) {
                    if (e.failure().reason() == Reason.CredentialsUnavailable) {
                        used.ifPresent(rejected -> drop(rejected, e));
                    }
                    throw e;
                }
            }
        };
    }

    /**
     * Drops a session, unless another has replaced it. Calls that used the same session may fail one after the other. A renewal in progress
     * may hang, so this does not wait for it: it replaces the session, or the next rejected call drops it.
     */
    private void drop(Session rejected, FailureException why) {
        if (!renewal.tryLock()) {
            return;
        }
        try {
            if (session.equals(Optional.of(rejected))) {
                session = Optional.empty();
                retryLater(why);
            }
        } finally {
            renewal.unlock();
        }
    }

    private void retryLater(FailureException why) {
        failure = Optional.of(why);
        retry = clock.instant().plus(AFTER_A_FAILURE);
    }

    /** A renewal may hang. It delays other threads only if the known session has ended. */
    private Session current() {
        Optional<Session> valid = lasting(Duration.ZERO);
        if (!renewal.tryLock()) {
            if (valid.isPresent()) {
                return valid.get();
            }
            renewal.lock();
        }
        try {
            return renewed();
        } finally {
            renewal.unlock();
        }
    }

    private Optional<Session> lasting(Duration remaining) {
        Instant now = clock.instant();
        Instant time = timeOfDay.instant();
        return session.filter(known -> known.lasts(remaining, now, time));
    }

    /** Keeps the credentials that are still valid if they cannot be renewed. */
    private Session renewed() {
        Optional<Session> valid = lasting(Duration.ZERO);
        if (lasting(BEFORE_THE_END).isEmpty() && !clock.instant().isBefore(retry)) {
            try {
                Instant begin = clock.instant();
                Instant beginTime = timeOfDay.instant();
                Session assumed = new Session(assumption.credentials(SESSION), begin, beginTime);
                session = Optional.of(assumed);
                return assumed;
            } catch (FailureException e) {
                // The pause begins now: the call may have taken longer than that.
                retryLater(e);
            }
        }
        return valid.orElseThrow(() -> failure.orElseThrow());
    }
}
