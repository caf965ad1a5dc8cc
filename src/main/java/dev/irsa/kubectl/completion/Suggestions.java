package dev.irsa.kubectl.completion;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that can follow on a command line.
 *
 * @param words each with an optional description after a tab
 * @param files whether a file name can follow too
 */
record Suggestions(List<String> words, boolean files) {
    /** No word is known to follow. */
    static final Suggestions NONE = new Suggestions(List.of(), false);

    /** The name of any file can follow. */
    static final Suggestions FILES = new Suggestions(List.of(), true);

    /** The directives of Cobra that the shells understand. Source: ShellCompDirective in spf13/cobra. */
    private static final int DEFAULT = 0;

    private static final int NO_FILES = 4;

    private static final Pattern SENTENCE_END = Pattern.compile("\\.(\\s.*)?$", Pattern.DOTALL);

    Suggestions {
        words = List.copyOf(words);
    }

    /** Returns the words that begin with what the user has typed, sorted. */
    static Suggestions of(Stream<String> words, String typed) {
        return new Suggestions(
                words.filter(word -> word.startsWith(typed)).distinct().sorted().toList(), false);
    }

    /** Adds a description to a word: the first sentence of this text. */
    static String described(String word, String text) {
        String sentence = SENTENCE_END.matcher(text).replaceFirst("");
        return sentence.isEmpty() ? word : word + "\t" + sentence;
    }

    /** Returns the answer to kubectl: one word in each line, and the directive in the last. */
    String lines() {
        return words.stream().map(word -> word + "\n").collect(Collectors.joining()) + ":"
                + (files ? DEFAULT : NO_FILES) + "\n";
    }
}
