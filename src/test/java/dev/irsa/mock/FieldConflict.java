package dev.irsa.mock;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A field that an apply would change and another owns.
 *
 * @param owner the other
 * @param field its path, such as {@code .metadata.annotations.x}
 */
record FieldConflict(FieldOwner owner, String field) {

    String sentence() {
        return "conflict with " + owner.inConflicts();
    }

    static String summary(List<FieldConflict> conflicts) {
        if (conflicts.size() == 1) {
            FieldConflict only = conflicts.getFirst();
            return "Apply failed with 1 conflict: %s: %s".formatted(only.sentence(), only.field());
        }
        return conflicts.stream()
                .sorted(Comparator.comparing(FieldConflict::field))
                .collect(Collectors.groupingBy(
                        conflict -> conflict.owner().inConflicts(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(byOwner -> "conflicts with %s:%s"
                        .formatted(
                                byOwner.getKey(),
                                byOwner.getValue().stream()
                                        .map(conflict -> "\n- " + conflict.field())
                                        .collect(Collectors.joining())))
                .collect(Collectors.joining("\n", "Apply failed with %d conflicts: ".formatted(conflicts.size()), ""));
    }
}
