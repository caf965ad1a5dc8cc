package dev.irsa.kubectl.maker;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The traces that the maker of a role leaves. The name of the role is not among them: anyone can choose it.
 *
 * @param namespace of the ServiceAccount that the role is delivered to
 * @param serviceAccount its name
 * @param roleTags all tags of the role, with case-insensitive keys as in IAM; empty if they could not be read
 * @param labels of the ServiceAccount
 * @param fieldManagers those that own the annotation with the role
 */
public record MakerTraces(
        String namespace,
        String serviceAccount,
        Optional<SortedMap<String, String>> roleTags,
        SortedMap<String, String> labels,
        SortedSet<String> fieldManagers) {
    public MakerTraces {
        roleTags = roleTags.map(MakerTraces::caseInsensitive);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        fieldManagers = Collections.unmodifiableSortedSet(new TreeSet<>(fieldManagers));
    }

    /** Creates traces of a role whose tags are known, and of a ServiceAccount. */
    public static MakerTraces of(
            String namespace,
            String serviceAccount,
            Optional<? extends Map<String, String>> roleTags,
            Map<String, String> labels,
            Set<String> fieldManagers) {
        return new MakerTraces(
                namespace,
                serviceAccount,
                roleTags.map(TreeMap::new),
                new TreeMap<>(labels),
                new TreeSet<>(fieldManagers));
    }

    private static SortedMap<String, String> caseInsensitive(Map<String, String> tags) {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(tags);
        return Collections.unmodifiableSortedMap(copy);
    }
}
