package dev.irsa.core.consistency;

import java.time.Instant;
import java.util.Optional;

/** Since when IAM has been saying, without ever showing the role, that it exists or that there is none. */
final class RoleExistence {
    private Optional<Instant> existsSince = Optional.empty();
    private Optional<Instant> absentSince = Optional.empty();

    /** The role was shown: what was said of it before no longer counts. */
    void shown() {
        absentSince = Optional.empty();
        existsSince = Optional.empty();
    }

    /** It is there after all, which says nothing of what it is. */
    void present() {
        absentSince = Optional.empty();
    }

    /** IAM refused to create it as there is one; answers since when it has been saying so. */
    Instant claimed(Instant now) {
        Instant since = existsSince.orElse(now);
        existsSince = Optional.of(since);
        return since;
    }

    boolean isClaimed() {
        return existsSince.isPresent();
    }

    /** IAM has just answered that there is none; answers since when it has been saying so. */
    Instant denied(Instant now) {
        Instant since = absentSince.orElse(now);
        absentSince = Optional.of(since);
        return since;
    }
}
