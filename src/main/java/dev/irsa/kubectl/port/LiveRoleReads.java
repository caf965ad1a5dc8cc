package dev.irsa.kubectl.port;

import dev.irsa.kubectl.rolespec.LiveRole;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiPredicate;

/** Reads roles with the text of their documents. Every method throws {@link dev.irsa.core.failure.FailureException}. */
@FunctionalInterface
public interface LiveRoleReads {
    /**
     * Returns the roles of the account that are wanted. The number of calls depends on how many roles the account has, not on how
     * many are wanted.
     *
     * @param wanted decides by the name and the tags of a role
     */
    Found roles(BiPredicate<String, Map<String, String>> wanted);

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
