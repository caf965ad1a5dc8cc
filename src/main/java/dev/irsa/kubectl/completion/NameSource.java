package dev.irsa.kubectl.completion;

import java.util.List;
import java.util.Map;

/** Reads names for completion. */
@FunctionalInterface
interface NameSource {
    /**
     * Returns the names of a kind; empty if they cannot be read.
     *
     * @param flags the flags of the command line by their longest names, for example {@code --namespace}
     */
    List<String> read(NameKind kind, Map<String, String> flags);
}
