package dev.irsa.core.plan;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be done, in this order, and what keeps the rest from being done.
 *
 * @param changes to be applied one after the other; the first that fails ends it
 * @param obstacle why it is not the whole way to what is desired; empty: it is
 */
public record Plan(List<Change> changes, Optional<Failure> obstacle) {
    /** Nothing to do. */
    public static final Plan NOTHING = new Plan(List.of(), Optional.empty());

    public Plan {
        changes = List.copyOf(changes);
    }

    /** A plan that is the whole way. */
    public static Plan of(List<? extends Change> changes) {
        return new Plan(List.copyOf(changes), Optional.empty());
    }

    /** A plan that does nothing, and why. */
    public static Plan refused(Failure why) {
        return new Plan(List.of(), Optional.of(why));
    }

    /** Whether there is nothing to do and nothing in the way. */
    public boolean isEmpty() {
        return changes.isEmpty() && obstacle.isEmpty();
    }

    /** This plan, and then the next one; an obstacle in this one keeps the next from beginning. */
    public Plan then(Plan next) {
        if (obstacle.isPresent()) {
            return this;
        }
        List<Change> all = new ArrayList<>(changes);
        all.addAll(next.changes);
        return new Plan(all, next.obstacle);
    }

    /**
     * Another order for the rest of a list of changes, of which the first failed: what frees comes before what
     * occupies. Only a quota is reason enough to take access away before it is given.
     *
     * @return empty when the failure was no quota, or nothing in the rest makes room
     */
    public static Optional<List<Change>> makingRoom(List<Change> rest, Failure failure) {
        boolean occupies = rest.getFirst() instanceof RoleChange role && role.occupies();
        if (failure.reason() != Reason.QuotaExceeded
                || !occupies
                || rest.stream().noneMatch(Plan::frees)) {
            return Optional.empty();
        }
        return Optional.of(
                Stream.concat(rest.stream().filter(Plan::frees), rest.stream().filter(change -> !frees(change)))
                        .toList());
    }

    private static boolean frees(Change change) {
        return change instanceof RoleChange role && role.frees();
    }
}
