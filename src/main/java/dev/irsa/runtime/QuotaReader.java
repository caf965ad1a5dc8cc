package dev.irsa.runtime;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.RoleQuota;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the quota of roles of another account, which is shown and needed for nothing else. One thread uses it. */
final class QuotaReader {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaReader.class);

    private final String account;
    private final Supplier<RoleQuota> quota;
    private Optional<RoleQuota> last = Optional.empty();
    private String problem = "";

    /**
     * Creates a reader.
     *
     * @param account the name of the IamAccount
     */
    QuotaReader(String account, Supplier<RoleQuota> quota) {
        this.account = account;
        this.quota = quota;
    }

    /**
     * Returns the quota, or what was read last if that fails for now; empty if it cannot be read. A reason is logged once, unless the
     * IamAccount was replaced meanwhile.
     */
    Optional<RoleQuota> read() {
        try {
            last = Optional.of(quota.get());
            return last;
        } catch (FailureException e) {
            boolean ended = e.failure().reason() == Reason.Reconciling;
            if (!ended && !problem.equals(e.failure().message())) {
                problem = e.failure().message();
                LOG.warn("the status of IamAccount {} does not show the quota of roles: {}", account, problem);
            }
            return e.failure() instanceof Failure.Passing ? last : Optional.empty();
        }
    }
}
