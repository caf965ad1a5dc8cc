package dev.irsa.fake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The roles of the account, each with its history. Not safe for threads: whoever uses it waits for its turn. */
final class Roles {
    private final Account account;
    private final Consistency consistency;
    private final Map<String, History> byName = new TreeMap<>();

    Roles(Account account, Consistency consistency) {
        this.account = account;
        this.consistency = consistency;
    }

    /** The truth about the role that a caller means by this name. */
    Optional<RoleRecord> current(String name) {
        return occupant(name).filter(role -> account.isSameName(name, role.name()));
    }

    /** The truth about the name: the role that keeps others from having it. */
    Optional<RoleRecord> occupant(String name) {
        return Optional.ofNullable(byName.get(NameRules.key(name))).flatMap(History::current);
    }

    /** What a call about this role sees, which may be old. */
    Optional<RoleRecord> see(String name) {
        return Optional.ofNullable(byName.get(NameRules.key(name)))
                .flatMap(History::see)
                .filter(role -> account.isSameName(name, role.name()));
    }

    /** What a list sees. */
    List<RoleRecord> seeAll() {
        return byName.values().stream()
                .map(History::see)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The truth about all. */
    List<RoleRecord> all() {
        return byName.values().stream()
                .map(History::current)
                .flatMap(Optional::stream)
                .toList();
    }

    void write(RoleRecord role) {
        byName.computeIfAbsent(NameRules.key(role.name()), _ -> consistency.history())
                .write(Optional.of(role));
    }

    void delete(RoleRecord role) {
        byName.computeIfAbsent(NameRules.key(role.name()), _ -> consistency.history())
                .write(Optional.empty());
    }
}
