package dev.irsa.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/** The meaning of globs, taken from their definition and without any regard to cost. */
final class GlobReference {
    private GlobReference() {}

    static boolean matches(Glob glob, String text) {
        return glob.ignoresCase()
                ? matches(glob.pattern().toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
                : matches(glob.pattern(), text);
    }

    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        return switch (pattern.charAt(0)) {
            case '*' -> matches(rest, text) || (!text.isEmpty() && matches(pattern, text.substring(1)));
            case '?' -> !text.isEmpty() && matches(rest, text.substring(1));
            default -> !text.isEmpty() && text.charAt(0) == pattern.charAt(0) && matches(rest, text.substring(1));
        };
    }

    static boolean isOutside(String word, Glob glob, Collection<Glob> union) {
        return matches(glob, word) && union.stream().noneMatch(other -> matches(other, word));
    }

    /** All words of these letters with at most so many, shorter ones first. */
    static List<String> words(List<String> letters, int longest) {
        List<String> words = new ArrayList<>(List.of(""));
        for (int i = 0; words.get(i).length() < longest; i++) {
            for (String letter : letters) {
                words.add(words.get(i) + letter);
            }
        }
        return words;
    }

    /**
     * A shortest word of these letters that is outside, of whatever length: what the rest of the word must match is
     * followed for each glob, letter by letter, until nothing new comes.
     */
    static Optional<String> shortestOutside(Glob glob, List<Glob> union, List<String> letters) {
        record Rests(Set<String> ofGlob, List<Set<String>> ofUnion) {}
        record Reached(Rests rests, String word) {}
        Queue<Reached> queue = new ArrayDeque<>();
        queue.add(new Reached(
                new Rests(
                        Set.of(glob.pattern()),
                        union.stream().map(other -> Set.of(other.pattern())).toList()),
                ""));
        Set<Rests> seen = new HashSet<>();
        while (!queue.isEmpty()) {
            Reached reached = queue.remove();
            if (!seen.add(reached.rests())) {
                continue;
            }
            boolean within = reached.rests().ofUnion().stream().anyMatch(GlobReference::acceptsNothingMore);
            if (acceptsNothingMore(reached.rests().ofGlob()) && !within) {
                return Optional.of(reached.word());
            }
            for (String letter : letters) {
                queue.add(new Reached(
                        new Rests(
                                after(letter, reached.rests().ofGlob()),
                                reached.rests().ofUnion().stream()
                                        .map(rests -> after(letter, rests))
                                        .toList()),
                        reached.word() + letter));
            }
        }
        return Optional.empty();
    }

    private static boolean acceptsNothingMore(Set<String> rests) {
        return rests.stream().anyMatch(rest -> matches(rest, ""));
    }

    private static Set<String> after(String letter, Set<String> rests) {
        Set<String> next = new TreeSet<>();
        rests.forEach(rest -> after(letter, rest, next));
        return next;
    }

    private static void after(String letter, String rest, Set<String> next) {
        if (rest.isEmpty()) {
            return;
        }
        if (rest.charAt(0) == '*') {
            next.add(rest);
            after(letter, rest.substring(1), next);
        } else if (rest.charAt(0) == '?' || rest.startsWith(letter)) {
            next.add(rest.substring(1));
        }
    }
}
