package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.AbandonedRole;
import dev.irsa.port.AbandonedRoles;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the status of one version of an IamAccount. A change fails instead of replacing what another process has written, because the
 * status is the only record of an abandoned role.
 */
final class AccountStatusStore implements AbandonedRoles {
    private static final Logger LOG = LoggerFactory.getLogger(AccountStatusStore.class);

    private final AccountIdentity version;
    private final AccountStatusWriter writer;
    private final Set<AbandonedRole> added = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private Optional<IamAccount> last = Optional.empty();
    private final Semaphore writes = new Semaphore(1);

    /** Creates a store that has written nothing. */
    AccountStatusStore(AccountIdentity version, AccountStatusWriter writer) {
        this.version = version;
        this.writer = writer;
    }

    @Override
    public void add(AbandonedRole role) {
        alone(() -> addAbandoned(role));
    }

    private void addAbandoned(AbandonedRole role) {
        IamAccount newest = newest();
        IamAccountStatus known = Objects.requireNonNullElse(newest.getStatus(), IamAccountStatus.NONE);
        // Written even if it is known, because the write fails if the account is no longer abandoned.
        write(newest, added.contains(role) ? known : known.withAbandoned(role.name(), role.confirmed()));
        if (added.add(role)) {
            LOG.info(
                    "role {} may still exist in the account of IamAccount {}, which is abandoned", role.name(), name());
        }
    }

    /** Returns the names of the abandoned roles. */
    List<String> abandoned() {
        return version.all().get().stream()
                .filter(version::isOf)
                .map(IamAccount::getStatus)
                .filter(Objects::nonNull)
                .flatMap(status -> status.abandoned().stream())
                .toList();
    }

    /**
     * Changes the status.
     *
     * @param change returns the status that an account is to have
     * @throws FailureException if the status is not changed
     */
    void update(Function<IamAccount, IamAccountStatus> change) {
        alone(() -> {
            IamAccount newest = newest();
            IamAccountStatus now = change.apply(newest);
            if (!now.equals(newest.getStatus())) {
                write(newest, now);
            }
        });
    }

    /** Makes a change, or fails during another one: no thread waits for a call of another thread. */
    private void alone(Runnable change) {
        if (!writes.tryAcquire()) {
            throw FailureException.reconciling(
                    "the status of IamAccount " + name() + " is just being written; no action needed");
        }
        try {
            change.run();
        } finally {
            writes.release();
        }
    }

    private void write(IamAccount newest, IamAccountStatus status) {
        last = Optional.of(writer.write(newest, status));
        replaced.add(newest.getMetadata().getResourceVersion());
    }

    /** Returns the account as seen, or as last written while the watch still shows what these writes have replaced. */
    private IamAccount newest() {
        IamAccount seen = version.all().get().stream()
                .filter(version::isOf)
                .findFirst()
                .orElseThrow(
                        () -> FailureException.reconciling("IamAccount " + name() + " has changed; no action needed"));
        if (replaced.contains(seen.getMetadata().getResourceVersion())) {
            return last.orElseThrow();
        }
        replaced.clear();
        return seen;
    }

    private String name() {
        return version.resource().getMetadata().getName();
    }
}
