package dev.irsa.port;

import dev.irsa.core.adoption.LiveRole;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Reads roles with the text of their documents. Every method throws {@link dev.irsa.core.failure.FailureException}. */
@FunctionalInterface
public interface LiveRoleReads {
    /**
     * Returns those of the named roles that exist. The number of calls depends on how many roles the account has, not on how many
     * are named.
     */
    Found roles(Set<String> names);

    /**
     * The roles.
     *
     * @param byName in the case in which they were created
     * @param unreadable the names of those with a document that is not valid
     */
    record Found(SortedMap<String, LiveRole> byName, List<String> unreadable) {
        public Found {
            unreadable = List.copyOf(unreadable);
        }
    }
}
