package dev.irsa.performance.upgrade;

import dev.irsa.performance.bench.Median;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happened while users changed resources.
 *
 * @param name of the column
 * @param rollout how long the command of Helm took; empty without one
 * @param withoutLeader one time for each change of the leader
 * @param edits from each edit until the resource was Ready with it
 * @param writes to AWS
 * @param writtenUnchanged the resources without changes of users, and the ServiceAccounts, that were written
 */
record RolloutPhase(
        String name,
        Optional<Duration> rollout,
        List<Duration> withoutLeader,
        List<Duration> edits,
        AwsWrites writes,
        List<String> writtenUnchanged) {
    /** The first column of the table. */
    static final List<String> ROWS = List.of(
            "helm command, s",
            "changes of the leader",
            "longest time without a leader, s",
            "edits of resources",
            "UpdateRole calls",
            "calls that write a role again after a change of the leader",
            "from an edit to Ready, median, s",
            "from an edit to Ready, longest, s",
            "other AWS writes that no change requires",
            "repeated AWS writes",
            "unchanged resources and ServiceAccounts that were written");

    /** Fewer edits mean that the users were stopped. */
    private static final int FEWEST_EDITS = 50;

    RolloutPhase {
        withoutLeader = List.copyOf(withoutLeader);
        edits = List.copyOf(edits);
        writtenUnchanged = List.copyOf(writtenUnchanged);
    }

    /** Returns the column of the table. */
    List<String> cells() {
        return List.of(
                rollout.map(took -> decimal(seconds(took))).orElse(""),
                Integer.toString(withoutLeader.size()),
                withoutLeader.isEmpty() ? "" : decimal(longest(withoutLeader)),
                Integer.toString(edits.size()),
                Long.toString(writes.edits()),
                Long.toString(writes.confirmations()),
                decimal(
                        edits.isEmpty()
                                ? 0
                                : Median.of(edits.stream()
                                        .map(RolloutPhase::seconds)
                                        .toList())),
                decimal(longest(edits)),
                Integer.toString(writes.unexpected().size()),
                Integer.toString(writes.repeated().size()),
                Integer.toString(writtenUnchanged.size()));
    }

    /** Returns what must not happen and did. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        writes.unexpected().forEach(call -> found.add(name + ": no change requires " + call));
        writes.repeated().forEach(call -> found.add(name + ": repeated " + call));
        writtenUnchanged.forEach(object -> found.add(name + ": " + object + " was written"));
        if (edits.size() < FEWEST_EDITS) {
            found.add(name + ": only " + edits.size() + " edits");
        }
        if (rollout.isPresent() && withoutLeader.isEmpty()) {
            found.add(name + ": the leader did not change");
        }
        if (rollout.isEmpty() && writes.confirmations() > 0) {
            found.add(name + ": roles were written again without a change of the leader");
        }
        return found;
    }

    private static double longest(List<Duration> durations) {
        return durations.stream().mapToDouble(RolloutPhase::seconds).max().orElse(0);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
