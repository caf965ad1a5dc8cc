package dev.irsa.aws;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The credentials of a role in another account. The role is assumed when they are first needed, and again before they end. They are used only
 * if STS confirms that they belong to that account.
 *
 * <p>The provider of the SDK is not used, because it does not show which account STS answers for. It also calls STS again for each call
 * after a failure.
 */
public final class AssumedRole implements AwsCredentialsProvider {
    /** The longest session that a role may start from the session of another role. Source: "Role chaining" of the IAM user guide. */
    private static final Duration SESSION = Duration.ofHours(1);

    private static final Duration BEFORE_THE_END = Duration.ofMinutes(10);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

    private final StsClient sts;
    private final AwsCalls calls;
    private final Target target;
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
        this.sts = sts;
        this.calls = new AwsCalls(interceptor);
        this.target = target;
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
                Session assumed = assume(clock.instant(), timeOfDay.instant());
                session = Optional.of(assumed);
                return assumed;
            } catch (FailureException e) {
                failure = Optional.of(e);
                // The call may have taken longer than that.
                retry = clock.instant().plus(AFTER_A_FAILURE);
            }
        }
        return valid.orElseThrow(() -> failure.orElseThrow());
    }

    private Session assume(Instant begin, Instant beginTime) {
        AssumeRoleResponse response;
        try {
            response = calls.make(
                    AwsAction.ASSUME_ROLE,
                    target.roleARN(),
                    () -> sts.assumeRole(request -> request.roleArn(target.roleARN())
                            .externalId(target.externalId().orElse(null))
                            .roleSessionName(target.sessionName())
                            .durationSeconds((int) SESSION.toSeconds())));
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.AccessDenied denied ? refused(denied, e) : e;
        }
        String account = account(response).id();
        if (!account.equals(target.account())) {
            throw new FailureException(Failure.of(
                    Reason.AccountMismatch,
                    "the credentials of " + target.roleARN() + " are of account " + account + " instead of "
                            + target.account()
                            + ", so the operator does not use them; correct spec.roleARN of the IamAccount,"
                            + " or the endpoint of STS"));
        }
        Credentials credentials = AwsCalls.part(response.credentials(), AwsAction.ASSUME_ROLE);
        return new Session(
                AwsSessionCredentials.create(
                        AwsCalls.part(credentials.accessKeyId(), AwsAction.ASSUME_ROLE),
                        AwsCalls.part(credentials.secretAccessKey(), AwsAction.ASSUME_ROLE),
                        AwsCalls.part(credentials.sessionToken(), AwsAction.ASSUME_ROLE)),
                begin,
                beginTime);
    }

    private static AwsAccount account(AssumeRoleResponse response) {
        try {
            return AwsAccount.ofCaller(AwsCalls.part(
                    AwsCalls.part(response.assumedRoleUser(), AwsAction.ASSUME_ROLE)
                            .arn(),
                    AwsAction.ASSUME_ROLE));
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(AwsAction.ASSUME_ROLE);
        }
    }

    /** STS does not say what is missing. */
    private FailureException refused(Failure.AccessDenied denied, FailureException cause) {
        return new FailureException(
                new Failure.Passing(
                        Reason.CredentialsUnavailable,
                        "STS refuses " + target.roleARN() + " (" + denied.detail()
                                + "); check whether it exists, and whether its trust policy admits the operator's role"
                                + target.externalId()
                                        .map(_ -> " with the external ID of the IamAccount")
                                        .orElse(" without an external ID")
                                + "; that policy and the operator's own must allow sts:AssumeRole (with EKS Pod Identity,"
                                + " sts:TagSession too), and no SCP or RCP may deny it"),
                cause);
    }
}
