package dev.irsa.fake;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Makes new roles: each with an id that no role had before, also when a name comes back. */
final class Births {
    private final Account account;
    private final Ids ids = new Ids();
    private final InstantSource clock;

    Births(Account account, InstantSource clock) {
        this.account = account;
        this.clock = clock;
    }

    RoleRecord role(String name, String path, String trust) {
        // IAM tells the time of creation to the second.
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return RoleRecord.bare(name, path, ids.role(), account.roleArn(path, name), now, trust);
    }
}
