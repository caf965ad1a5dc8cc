package dev.irsa.core.policy;

import static dev.irsa.core.policy.Glob.ANY;
import static dev.irsa.core.policy.Glob.STAR;

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
 * Looks for a word that a glob accepts and a union of globs does not.
 *
 * <p>Why the answer is exact: wherever a word has a character that a wildcard of the glob lets in, put one that the
 * union does not name. The glob accepts the new word as well; and whatever part of the union accepts the new word
 * accepts the old one too, since only a wildcard of it can have taken what it does not name. So words in which
 * every wildcard of the glob is spelled with that character tell glob and union apart if any word does, and no
 * shorter word does.
 *
 * <p>A point of the search is a place in the glob, where reading a word may have led, and the set of all places in
 * the union where it has led. There are finitely many, shorter words come first, and left out are only points that
 * cannot lead to a word outside, or not to a shorter one:
 *
 * <ul>
 *   <li>the union accepts whatever follows;
 *   <li>the same place of the glob was met before with a subset of the places in the union: what is outside from
 *       here is outside from there (the antichains of De Wulf, Doyen, Henzinger and Raskin, "Antichains: A New
 *       Algorithm for Checking Universality of Finite Automata").
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

    Inclusion run() {
        reach(0, union.start(), null);
        while (!effort.isSpent()) {
            Point point = points.poll();
            if (point == null) {
                return new Inclusion.Within();
            }
            if (point.place() < glob.length) {
                goOnFrom(point);
            } else if (!union.acceptsHere(point.inUnion())) {
                return new Inclusion.Outside(Word.text(point.word()));
            }
        }
        return new Inclusion.Undecided();
    }

    private void goOnFrom(Point point) {
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

    /** Where a word has led. */
    private record Point(
            int place, BigInteger inUnion, @Nullable Word word) {}

    /** A word by its last character. */
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
