package dev.irsa.core.policy;

import static dev.irsa.core.policy.Glob.ANY;
import static dev.irsa.core.policy.Glob.STAR;

import dev.irsa.core.policy.GlobUnion.InclusionResult;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Searches for a word that a glob matches and a union of globs does not.
 *
 * <p>The answer is exact. In a word that the glob matches, replace each character that a wildcard matched by a character
 * that the union does not contain. The glob matches the new word as well. A glob of the union that matches the new word
 * also matches the old one, because only its wildcards can match the replacement. Therefore it is enough to search the
 * words in which every wildcard of the glob matched that replacement. No shorter counterexample exists.
 *
 * <p>A search state is a position in the glob and the set of all positions in the union after reading a word. The number
 * of states is finite, and the search visits shorter words first. It skips only states that cannot lead to a
 * counterexample, or not to a shorter one:
 *
 * <ul>
 *   <li>The union matches every continuation.
 *   <li>The search has visited the same position of the glob with a subset of the positions in the union. Each
 *       continuation that is outside from here is also outside from there. Source: the antichains of De Wulf, Doyen,
 *       Henzinger and Raskin, "Antichains: A New Algorithm for Checking Universality of Finite Automata".
 * </ul>
 */
final class InclusionSearch {
    private final int[] glob;
    private final GlobUnion union;
    private final int unnamed;
    private final SearchBudget effort;
    private final Queue<Point> points = new ArrayDeque<>();
    private final Map<Integer, List<BigInteger>> met = new HashMap<>();

    InclusionSearch(Glob glob, GlobUnion union, SearchBudget effort) {
        this.glob = glob.symbols();
        this.union = union;
        this.unnamed = union.unnamed();
        this.effort = effort;
    }

    InclusionResult run() {
        reach(0, union.start(), null);
        while (!effort.isSpent()) {
            Point point = points.poll();
            if (point == null) {
                return new InclusionResult.Within();
            }
            if (point.place() < glob.length) {
                continueFrom(point);
            } else if (!union.acceptsHere(point.inUnion())) {
                return new InclusionResult.Outside(Word.text(point.word()));
            }
        }
        return new InclusionResult.Undecided();
    }

    private void continueFrom(Point point) {
        int symbol = glob[point.place()];
        switch (symbol) {
            case STAR -> read(unnamed, point, point.place());
            case ANY -> read(unnamed, point, point.place() + 1);
            default -> read(symbol, point, point.place() + 1);
        }
    }

    private void read(int character, Point from, int place) {
        effort.spend(union.cost());
        reach(place, union.read(from.inUnion(), character), new Word(from.word(), character));
    }

    private void reach(int place, BigInteger inUnion, @Nullable Word word) {
        if (union.acceptsAllFrom(inUnion) || isMet(place, inUnion)) {
            return;
        }
        points.add(new Point(place, inUnion, word));
        if (place < glob.length && glob[place] == STAR) {
            reach(place + 1, inUnion, word);
        }
    }

    private boolean isMet(int place, BigInteger inUnion) {
        List<BigInteger> sets = met.computeIfAbsent(place, key -> new ArrayList<>());
        for (BigInteger set : sets) {
            effort.spend(union.cost());
            if (set.andNot(inUnion).signum() == 0) {
                return true;
            }
        }
        sets.add(inUnion);
        return false;
    }

    /** The state after reading a word. */
    private record Point(
            int place, BigInteger inUnion, @Nullable Word word) {}

    /** A word as a linked list, from its last character back. */
    private record Word(@Nullable Word before, int last) {
        static String text(@Nullable Word word) {
            Deque<Integer> characters = new ArrayDeque<>();
            for (Word rest = word; rest != null; rest = rest.before()) {
                characters.push(rest.last());
            }
            StringBuilder text = new StringBuilder();
            characters.forEach(text::appendCodePoint);
            return text.toString();
        }
    }
}
