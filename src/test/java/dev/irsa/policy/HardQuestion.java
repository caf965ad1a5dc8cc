package dev.irsa.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Questions, each asked twice and answered by a gap before {@code ab}: none is no, one character is yes. The union
 * holds every word with a wider gap, and every word that answers a question alike both times. To find a word that
 * it leaves out, a search that goes forward has to keep all first answers in mind: two to the number of questions.
 */
final class HardQuestion {
    private HardQuestion() {}

    /** What accepts all answers to that many questions. */
    static String pattern(int questions) {
        return answers(questions, Map.of());
    }

    static List<String> union(int questions) {
        List<String> union = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            int again = i + questions;
            union.add(answers(questions, Map.of(i, "*??")));
            union.add(answers(questions, Map.of(again, "*??")));
            union.add(answers(questions, Map.of(i, "", again, "")));
            union.add(answers(questions, Map.of(i, "?", again, "?")));
        }
        return union;
    }

    private static String answers(int questions, Map<Integer, String> given) {
        return IntStream.range(0, 2 * questions)
                .mapToObj(i -> given.getOrDefault(i, "*") + "ab")
                .collect(Collectors.joining());
    }
}
