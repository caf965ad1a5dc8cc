package dev.irsa.performance.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The results of a soak test.
 *
 * @param first samples of the first third of the churn phase
 * @param last samples of the last third of the churn phase
 * @param rest samples of the second half of the idle phase
 * @param all samples
 * @param liveHeaps MiB at the end of the warm-up, churn and idle phases
 * @param differences from the desired state at the end
 * @param errors of the test itself
 */
record SoakResults(
        List<Sample> first,
        List<Sample> last,
        List<Sample> rest,
        List<Sample> all,
        List<Double> liveHeaps,
        WarningAttribution log,
        List<String> differences,
        List<String> errors) {
    /** The AWS calls of sweeps, which go on while nothing changes. */
    private static final Set<String> SWEEP_CALLS =
            Set.of("iam:GetAccountAuthorizationDetails", "iam:ListRoles", "iam:GetOpenIDConnectProvider");

    private static final Set<String> READS = Set.of("get", "list", "watch");

    SoakResults {
        first = List.copyOf(first);
        last = List.copyOf(last);
        rest = List.copyOf(rest);
        all = List.copyOf(all);
        liveHeaps = List.copyOf(liveHeaps);
        differences = List.copyOf(differences);
        errors = List.copyOf(errors);
    }

    /** Returns the values that must not grow. */
    List<Growth> growths() {
        return List.of(
                Growth.between("resident memory, MiB", first, last, Sample::residentMiB),
                Growth.between("heap in use, MiB", first, last, Sample::heapMiB),
                new Growth("heap after a full collection, MiB", liveHeaps.get(0), liveHeaps.get(1)),
                Growth.between("threads", first, last, Sample::threads),
                Growth.between("open files", first, last, Sample::files));
    }

    /** Returns all criteria. */
    List<Criterion> criteria() {
        List<Criterion> criteria = new ArrayList<>();
        growths().forEach(growth -> criteria.add(Criterion.of(growth)));
        Map<String, Long> calls = sum(rest, Sample::aws);
        calls.keySet().removeAll(SWEEP_CALLS);
        criteria.add(none("while idle, the operator calls AWS only for sweeps", calls));
        Map<String, Long> writes = sum(rest, Sample::api);
        writes.keySet().removeIf(kind -> READS.contains(kind.replaceFirst(" .*", "")));
        criteria.add(none("while idle, the operator does not write to the cluster", writes));
        double sweeps =
                rest.isEmpty() ? 0 : rest.getLast().sweeps() - rest.getFirst().sweeps();
        criteria.add(new Criterion("while idle, sweeps continue", "%.0f sweeps".formatted(sweeps), sweeps > 0));
        criteria.add(none(
                "each warning in the log is explained",
                log.unexplained().stream().map(LogLine::text).toList()));
        criteria.add(none("at the end, all resources match their specs", differences));
        List<String> dead = all.stream()
                .filter(sample -> sample.livez() != 200)
                .map(sample -> "at %.1f min: %d".formatted(sample.minutes(), sample.livez()))
                .toList();
        criteria.add(none("/livez always returns 200", dead));
        criteria.add(none("the test itself had no errors", errors));
        return criteria;
    }

    private static Criterion none(String what, Map<String, Long> counts) {
        return new Criterion(what, counts.isEmpty() ? "none" : counts.toString(), counts.isEmpty());
    }

    private static Criterion none(String what, List<String> found) {
        String some = String.join("; ", found.stream().limit(5).toList());
        return new Criterion(what, found.isEmpty() ? "yes" : found.size() + ": " + some, found.isEmpty());
    }

    /** Sums the counts by kind over all samples. */
    static Map<String, Long> sum(List<Sample> samples, Function<Sample, Map<String, Long>> counts) {
        Map<String, Long> sum = new TreeMap<>();
        samples.forEach(sample -> counts.apply(sample).forEach((kind, count) -> sum.merge(kind, count, Long::sum)));
        return sum;
    }
}
