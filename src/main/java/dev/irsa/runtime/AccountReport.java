package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.metrics.AccountMetrics;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.RoleQuota;
import dev.irsa.port.SweepReport;
import dev.irsa.port.SweepSnapshot;
import dev.irsa.reconcile.status.AccountStatusFactory;
import dev.irsa.reconcile.status.AccountStatusFactory.Observed;
import dev.irsa.reconcile.status.AccountStatusFactory.Swept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports on another account, in its metrics and in the status of its IamAccount. One thread calls {@link #report}. */
final class AccountReport implements ActivityListener {
    private static final Logger LOG = LoggerFactory.getLogger(AccountReport.class);

    private final AccountStatusFactory statuses;
    private final Consumer<Function<IamAccount, IamAccountStatus>> writer;
    private final Supplier<List<String>> abandoned;
    private final Supplier<Optional<RoleQuota>> quota;
    private final AccountMetrics metrics;
    private final InstantSource clock;
    private final Instant proving;
    private volatile Optional<Sweep> last = Optional.empty();
    private boolean ended;
    private String problem = "";

    /** @param settled whether the next sweep can find nothing that this one did not */
    private record Sweep(Instant at, boolean settled, Swept found) {}

    /**
     * Creates a report of an account of which nothing is known yet.
     *
     * @param writer changes the status of the IamAccount; throws {@link FailureException} when that fails
     * @param abandoned returns the names of the abandoned roles in that status
     * @param consistencyWindow how long IAM may not show a role that was created just before
     */
    AccountReport(
            AccountStatusFactory statuses,
            Consumer<Function<IamAccount, IamAccountStatus>> writer,
            Supplier<List<String>> abandoned,
            Supplier<Optional<RoleQuota>> quota,
            AccountMetrics metrics,
            Duration consistencyWindow,
            InstantSource clock) {
        this.statuses = statuses;
        this.writer = writer;
        this.abandoned = abandoned;
        this.quota = quota;
        this.metrics = metrics;
        this.clock = clock;
        this.proving = clock.instant().plus(consistencyWindow);
    }

    @Override
    public void changed(Change change, boolean drift) {
        metrics.changed(change, drift);
    }

    @Override
    public void slowedDown() {
        metrics.slowedDown();
    }

    @Override
    public void swept(SweepReport report) {
        // Before the lock: the call may take long, and another thread stops the account.
        swept(report, quota.get());
    }

    /** A sweep that ends after the account was replaced counts for nothing. */
    private synchronized void swept(SweepReport report, Optional<RoleQuota> current) {
        if (!ended) {
            SweepSnapshot seen = report.snapshot();
            boolean proves = !seen.began().isBefore(proving);
            boolean settled =
                    report.suspects() == 0 && (proves || abandoned.get().isEmpty());
            Set<String> missing = proves ? missing(seen) : Set.of();
            last = Optional.of(
                    new Sweep(clock.instant(), settled, new Swept(seen.roles().size(), current, missing)));
            metrics.swept(report);
        }
    }

    /** Returns which of the abandoned roles are proven to be absent, whatever tags they had. */
    private Set<String> missing(SweepSnapshot seen) {
        return abandoned.get().stream().filter(name -> !seen.shows(name)).collect(Collectors.toSet());
    }

    /** Forgets what changes and is no longer observed. */
    synchronized void end() {
        ended = true;
        metrics.reset();
    }

    /** Returns whether a sweep after this time has found what there is to find. Two sweeps must find an orphaned role. */
    boolean isSettledSince(Instant time) {
        return last.filter(sweep -> sweep.settled() && sweep.at().isAfter(time)).isPresent();
    }

    /**
     * Reports the state of the account. A write that fails is repeated by the next report.
     *
     * @param obstacle why no role can be managed; empty if nothing prevents it
     * @param oidcProvider the ARN of the OIDC provider; empty if none is known
     */
    void report(Optional<Failure> obstacle, Optional<String> oidcProvider) {
        Observed observed = new Observed(obstacle, oidcProvider, last.map(Sweep::found));
        try {
            writer.accept(account -> statuses.of(account, observed));
            problem = "";
        } catch (FailureException e) {
            boolean changed = e.failure().reason() == Reason.Reconciling;
            if (!changed && !problem.equals(e.failure().message())) {
                problem = e.failure().message();
                LOG.warn("cannot write the status of an IamAccount; retrying: {}", problem);
            }
        }
    }
}
