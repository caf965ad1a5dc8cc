package dev.irsa.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds a short schedule that breaks the same invariant as a long one: what is left is what it takes. */
final class Shrinker {
    private static final int MOST_RUNS = 3000;

    private final Defect defect;
    private final Optional<Integer> broken;
    private int runs;

    private Shrinker(Defect defect, Optional<Integer> broken) {
        this.defect = defect;
        this.broken = broken;
    }

    /** The shortest that was found. */
    static Schedule shrink(Schedule failing, Defect defect) {
        return new Shrinker(defect, broken(failing, defect)).shortest(failing);
    }

    private static Optional<Integer> broken(Schedule schedule, Defect defect) {
        return World.run(schedule, defect, false).violation().map(Violation::invariant);
    }

    private Schedule shortest(Schedule failing) {
        Schedule best = failing;
        while (true) {
            Schedule better = simpler(fewer(plainer(best)));
            if (better.equals(best) || runs > MOST_RUNS) {
                return better;
            }
            best = better;
        }
    }

    private boolean fails(Schedule schedule) {
        runs++;
        return runs <= MOST_RUNS && broken(schedule, defect).equals(broken);
    }

    private Schedule first(Schedule otherwise, Schedule... candidates) {
        for (Schedule candidate : candidates) {
            if (!candidate.equals(otherwise) && fails(candidate)) {
                return candidate;
            }
        }
        return otherwise;
    }

    private Schedule plainer(Schedule schedule) {
        Schedule best = first(schedule, new Schedule(Setting.PLAIN, schedule.happenings()));
        List<UnaryOperator<Setting>> plainer = List.of(
                setting -> setting.withLag(Duration.ZERO, false),
                setting -> setting.withLag(setting.lag(), false),
                Setting::unlimited,
                Setting::alone);
        for (UnaryOperator<Setting> change : plainer) {
            best = first(best, new Schedule(change.apply(best.setting()), best.happenings()));
        }
        return best;
    }

    /** Leaves out as many at a time as can be, then fewer and fewer. */
    private Schedule fewer(Schedule schedule) {
        Schedule best = schedule;
        for (int chunk = Math.max(1, schedule.happenings().size() / 2); chunk >= 1; chunk /= 2) {
            for (int from = 0; from < best.happenings().size(); ) {
                int to = Math.min(from + chunk, best.happenings().size());
                Schedule shorter = first(best, without(best, from, to, true), without(best, from, to, false));
                from = shorter.equals(best) ? from + chunk : from;
                best = shorter;
            }
        }
        return best;
    }

    /**
     * Without some.
     *
     * @param waits whether what comes after them comes as late as it did
     */
    private static Schedule without(Schedule schedule, int from, int to, boolean waits) {
        List<Happening> rest = new ArrayList<>(schedule.happenings().subList(0, from));
        List<Happening> after =
                schedule.happenings().subList(to, schedule.happenings().size());
        if (waits && !after.isEmpty()) {
            int points = 0;
            Duration time = Duration.ZERO;
            for (Happening left : schedule.happenings().subList(from, to)) {
                points += left.points();
                time = time.plus(left.time());
            }
            Happening next = after.getFirst();
            rest.add(new Happening(next.points() + points, next.time().plus(time), next.act()));
            rest.addAll(after.subList(1, after.size()));
        } else {
            rest.addAll(after);
        }
        return new Schedule(schedule.setting(), rest);
    }

    private Schedule simpler(Schedule schedule) {
        Schedule best = schedule;
        for (int i = 0; i < best.happenings().size(); i++) {
            Happening now = best.happenings().get(i);
            best = first(
                    best,
                    with(best, i, new Happening(now.points(), Duration.ZERO, now.act())),
                    with(best, i, new Happening(now.points(), Duration.ofMinutes(2), now.act())));
            Happening then = best.happenings().get(i);
            best = first(
                    best,
                    with(best, i, new Happening(0, then.time(), then.act())),
                    with(best, i, new Happening(then.points() / 2, then.time(), then.act())));
            Optional<Act> less = less(best.happenings().get(i).act());
            if (less.isPresent()) {
                Happening last = best.happenings().get(i);
                best = first(best, with(best, i, new Happening(last.points(), last.time(), less.get())));
            }
        }
        return best;
    }

    private static Optional<Act> less(Act act) {
        return switch (act) {
            case Act.Fail(boolean aws, Act.Fault fault, int calls)
            when calls > 1 -> Optional.of(new Act.Fail(aws, fault, calls - 1));
            case Act.Rename(int cluster, Thing _, Thing to, Wish wish) -> Optional.of(new Act.Apply(cluster, to, wish));
            default -> Optional.empty();
        };
    }

    private static Schedule with(Schedule schedule, int index, Happening other) {
        List<Happening> happenings = new ArrayList<>(schedule.happenings());
        happenings.set(index, other);
        return new Schedule(schedule.setting(), happenings);
    }
}
