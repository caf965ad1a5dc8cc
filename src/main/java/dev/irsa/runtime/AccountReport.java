package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.metrics.AccountMetrics;
import dev.irsa.port.AbandonedRoles;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.SweepReport;
import dev.irsa.reconcile.status.AccountStatusFactory;
import dev.irsa.reconcile.status.AccountStatusFactory.Observed;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** What the status of an IamAccount reports. A role that is left behind is in the status before its resource is released. */
final class AccountReport implements AbandonedRoles, ActivityListener {
    private final IamAccount resource;
    private final AccountStatusFactory statuses;
    private final BiPredicate<IamAccount, IamAccountStatus> writer;
    private final AccountMetrics metrics;
    private final SortedSet<String> abandoned;
    private volatile Optional<SweepReport> swept = Optional.empty();
    private Optional<Failure> obstacle = Optional.empty();
    private Optional<String> provider = Optional.empty();
    private Optional<IamAccountStatus> written;

    /**
     * Creates a report of an account of which nothing is known yet.
     *
     * @param writer writes a status, and returns whether that succeeded
     * @param metrics receive the same activity
     * @param before the roles that were left behind earlier
     */
    AccountReport(
            IamAccount resource,
            AccountStatusFactory statuses,
            BiPredicate<IamAccount, IamAccountStatus> writer,
            AccountMetrics metrics,
            Collection<String> before) {
        this.resource = resource;
        this.statuses = statuses;
        this.writer = writer;
        this.metrics = metrics;
        this.abandoned = new TreeSet<>(before);
        this.written = Optional.ofNullable(resource.getStatus());
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
        swept = Optional.of(report);
        metrics.swept(report);
    }

    @Override
    public synchronized void add(String roleName) {
        if (abandoned.add(roleName) && !write()) {
            abandoned.remove(roleName);
            throw new FailureException(new Failure.Passing(
                    Reason.KubernetesUnavailable,
                    "role " + roleName
                            + " cannot be recorded in the status of its IamAccount, so the resource is not released"
                            + " yet; retrying"));
        }
    }

    /** Forgets what changes and is no longer observed. */
    void end() {
        metrics.reset();
    }

    synchronized SortedSet<String> abandoned() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(abandoned));
    }

    /**
     * Reports the state of the account.
     *
     * @param why why no role can be managed; empty if nothing prevents it
     * @param oidcProvider the ARN of the OIDC provider; empty if none is known
     */
    synchronized void report(Optional<Failure> why, Optional<String> oidcProvider) {
        obstacle = why;
        provider = oidcProvider;
        // The next report repeats a write that failed.
        boolean _ = write();
    }

    private boolean write() {
        IamAccount before = new IamAccount();
        before.setMetadata(resource.getMetadata());
        before.setStatus(written.orElse(null));
        IamAccountStatus now =
                statuses.of(before, new Observed(obstacle, provider, swept.map(SweepReport::roles), abandoned));
        boolean done = written.filter(now::equals).isPresent() || writer.test(resource, now);
        if (done) {
            written = Optional.of(now);
        }
        return done;
    }
}
