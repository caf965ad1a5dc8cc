package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Fields that someone owns, as managedFields write them down.
 *
 * @param paths sorted
 */
record FieldSet(NavigableSet<FieldPath> paths) {
    private static final String ITSELF = ".";

    FieldSet {
        paths = Collections.unmodifiableNavigableSet(new TreeSet<>(paths));
    }

    static FieldSet of(Collection<FieldPath> paths) {
        return new FieldSet(new TreeSet<>(paths));
    }

    static FieldSet none() {
        return new FieldSet(new TreeSet<>());
    }

    static FieldSet ofFieldsV1(JsonNode fields) {
        TreeSet<FieldPath> paths = new TreeSet<>();
        collect(FieldPath.ROOT, fields, paths);
        return new FieldSet(paths);
    }

    private static void collect(FieldPath at, JsonNode node, TreeSet<FieldPath> into) {
        if ((node.isEmpty() || node.has(ITSELF)) && !at.equals(FieldPath.ROOT)) {
            into.add(at);
        }
        node.properties().stream()
                .filter(field -> !field.getKey().equals(ITSELF))
                .forEach(field -> collect(at.child(field.getKey()), field.getValue(), into));
    }

    ObjectNode toFieldsV1() {
        ObjectNode root = Json.object();
        for (FieldPath path : paths) {
            ObjectNode node = root;
            for (String element : path.elements()) {
                node = node.withObjectProperty(element);
            }
            if (holdsOthers(path)) {
                node.putObject(ITSELF);
            }
        }
        return root;
    }

    /** A path comes right before those inside it. */
    private boolean holdsOthers(FieldPath path) {
        return paths.tailSet(path, false).stream()
                .findFirst()
                .filter(next -> next.isIn(path))
                .isPresent();
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    boolean contains(FieldPath path) {
        return paths.contains(path);
    }

    FieldSet plus(FieldSet more) {
        TreeSet<FieldPath> union = new TreeSet<>(paths);
        union.addAll(more.paths);
        return new FieldSet(union);
    }

    FieldSet minus(FieldSet fewer) {
        return where(Predicate.not(fewer.paths::contains));
    }

    FieldSet and(FieldSet others) {
        return where(others.paths::contains);
    }

    private FieldSet where(Predicate<FieldPath> wanted) {
        return of(paths.stream().filter(wanted).toList());
    }
}
