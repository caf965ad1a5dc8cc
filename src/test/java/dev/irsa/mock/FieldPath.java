package dev.irsa.mock;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to a field in the notation of FieldsV1: {@code f:name} for a field, {@code v:"value"} for a member of a set,
 * {@code k:{"uid":"…"}} for an item of a list with keys.
 *
 * @param elements from the outside in
 */
record FieldPath(List<String> elements) implements Comparable<FieldPath> {
    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        elements = List.copyOf(elements);
    }

    static FieldPath of(String... fields) {
        FieldPath path = ROOT;
        for (String field : fields) {
            path = path.field(field);
        }
        return path;
    }

    FieldPath field(String name) {
        return child("f:" + name);
    }

    FieldPath child(String element) {
        List<String> longer = new ArrayList<>(elements);
        longer.add(element);
        return new FieldPath(longer);
    }

    FieldPath parent() {
        return new FieldPath(elements.subList(0, elements.size() - 1));
    }

    String last() {
        return elements.getLast();
    }

    /** Without the two letters that say what it is. */
    static String name(String element) {
        return element.substring(2);
    }

    boolean isIn(FieldPath outer) {
        return elements.size() >= outer.elements.size()
                && elements.subList(0, outer.elements.size()).equals(outer.elements);
    }

    /** As messages show it. */
    String display() {
        StringBuilder text = new StringBuilder();
        for (String element : elements) {
            text.append(element.startsWith("f:") ? "." + name(element) : "[" + name(element) + "]");
        }
        return text.toString();
    }

    @Override
    public int compareTo(FieldPath other) {
        int common = Math.min(elements.size(), other.elements.size());
        for (int i = 0; i < common; i++) {
            int order = elements.get(i).compareTo(other.elements.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(elements.size(), other.elements.size());
    }
}
