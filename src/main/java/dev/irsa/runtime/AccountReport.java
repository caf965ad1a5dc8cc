package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.plan.Change;
import dev.irsa.metrics.AccountMetrics;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.SweepReport;
import dev.irsa.reconcile.status.AccountStatusFactory;
import dev.irsa.reconcile.status.AccountStatusFactory.Observed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Reports on another account, in its metrics and in the status of its IamAccount. One thread writes the status. */
final class AccountReport implements ActivityListener {
    private final IamAccount resource;
    private final AccountStatusFactory statuses;
    private final BiPredicate<IamAccount, IamAccountStatus> writer;
    private final AccountMetrics metrics;
    private final InstantSource clock;
    private volatile Optional<Sweep> last = Optional.empty();
    private final Supplier<Optional<IamAccountStatus>> observed;
    private boolean ended;
    private Optional<IamAccountStatus> seen;
    private Optional<IamAccountStatus> written;

    private record Sweep(Instant at, int roles) {}

    /**
     * Creates a report of an account of which nothing is known yet.
     *
     * @param observed returns the status as the watch shows it
     * @param writer writes a status, and returns whether that succeeded
     */
    AccountReport(
            IamAccount resource,
            Supplier<Optional<IamAccountStatus>> observed,
            AccountStatusFactory statuses,
            BiPredicate<IamAccount, IamAccountStatus> writer,
            AccountMetrics metrics,
            InstantSource clock) {
        this.resource = resource;
        this.observed = observed;
        this.statuses = statuses;
        this.writer = writer;
        this.metrics = metrics;
        this.clock = clock;
        this.seen = Optional.ofNullable(resource.getStatus());
        this.written = seen;
    }

    @Override
    public void changed(Change change, boolean drift) {
        metrics.changed(change, drift);
    }

    @Override
    public void slowedDown() {
        metrics.slowedDown();
    }

    /** A sweep that ends after the account was replaced counts for nothing. */
    @Override
    public synchronized void swept(SweepReport report) {
        if (!ended) {
            last = Optional.of(new Sweep(clock.instant(), report.roles()));
            metrics.swept(report);
        }
    }

    /** Forgets what changes and is no longer observed. */
    synchronized void end() {
        ended = true;
        metrics.reset();
    }

    /** Returns whether a sweep was complete after this time. */
    boolean isSweptSince(Instant time) {
        return last.filter(sweep -> sweep.at().isAfter(time)).isPresent();
    }

    /**
     * Reports the state of the account. The next report repeats a write that failed, or that was overwritten, for example by an earlier
     * one that took effect late.
     *
     * @param obstacle why no role can be managed; empty if nothing prevents it
     * @param oidcProvider the ARN of the OIDC provider; empty if none is known
     */
    void report(Optional<Failure> obstacle, Optional<String> oidcProvider) {
        Optional<IamAccountStatus> shown = observed.get();
        if (!shown.equals(seen)) {
            seen = shown;
            written = shown;
        }
        IamAccount before = new IamAccount();
        before.setMetadata(resource.getMetadata());
        before.setStatus(written.orElse(null));
        IamAccountStatus now = statuses.of(before, new Observed(obstacle, oidcProvider, last.map(Sweep::roles)));
        if (written.filter(now::equals).isEmpty() && writer.test(resource, now)) {
            written = Optional.of(now);
        }
    }
}
