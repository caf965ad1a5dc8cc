package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.AbandonedRoles;
import java.util.Objects;
import java.util.Optional;
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
    private Optional<Write> last = Optional.empty();

    private record Write(String seen, IamAccount account) {}

    /** Creates a store that has written nothing. */
    AccountStatusStore(AccountIdentity version, AccountStatusWriter writer) {
        this.version = version;
        this.writer = writer;
    }

    @Override
    public void add(String roleName) {
        update(account -> Objects.requireNonNullElse(account.getStatus(), IamAccountStatus.NONE)
                .withAbandoned(roleName));
        LOG.info("role {} may live on in the account of IamAccount {}, which is abandoned", roleName, name());
    }

    /**
     * Changes the status.
     *
     * @param change returns the status that an account is to have
     * @throws FailureException if the status is not changed
     */
    synchronized void update(Function<IamAccount, IamAccountStatus> change) {
        IamAccount seen = seen();
        // The watch may not show the last write yet.
        IamAccount newest = last.filter(write -> write.seen().equals(resourceVersion(seen)))
                .map(Write::account)
                .orElse(seen);
        IamAccountStatus now = change.apply(newest);
        if (!now.equals(newest.getStatus())) {
            last = Optional.of(new Write(resourceVersion(seen), writer.write(newest, now)));
        }
    }

    private IamAccount seen() {
        return version.all().get().stream()
                .filter(version::isOf)
                .findFirst()
                .orElseThrow(
                        () -> FailureException.reconciling("IamAccount " + name() + " has changed; no action needed"));
    }

    private String name() {
        return version.resource().getMetadata().getName();
    }

    private static String resourceVersion(IamAccount account) {
        return account.getMetadata().getResourceVersion();
    }
}
