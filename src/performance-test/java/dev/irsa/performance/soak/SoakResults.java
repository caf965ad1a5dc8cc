package dev.irsa.performance.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What came of it.
 *
 * @param first samples of the first third of the churn after the warm-up
 * @param last samples of its last third
 * @param rest samples of the second half of the rest
 * @param all samples
 * @param liveHeaps MiB at the end of the warm-up, of the churn, and of the rest
 * @param differences at the end from what was asked for
 * @param troubles of whoever watched
 */
record SoakResults(
        List<Sample> first,
        List<Sample> last,
        List<Sample> rest,
        List<Sample> all,
        List<Double> liveHeaps,
        WarningAttribution log,
        List<String> differences,
        List<String> troubles) {
    /** What the operator asks AWS when nothing changes: the roles in bulk, and the OIDC provider. */
    private static final Set<String> OF_THE_SWEEP =
            Set.of("iam:GetAccountAuthorizationDetails", "iam:ListRoles", "iam:GetOpenIDConnectProvider");

    private static final Set<String> READS = Set.of("get", "list", "watch");

    SoakResults {
        first = List.copyOf(first);
        last = List.copyOf(last);
        rest = List.copyOf(rest);
        all = List.copyOf(all);
        liveHeaps = List.copyOf(liveHeaps);
        differences = List.copyOf(differences);
        troubles = List.copyOf(troubles);
    }

    /** What must not grow. */
    List<Growth> growths() {
        return List.of(
                Growth.between("resident memory, MiB", first, last, Sample::residentMiB),
                Growth.between("heap in use, MiB", first, last, Sample::heapMiB),
                new Growth("heap after a full collection, MiB", liveHeaps.get(0), liveHeaps.get(1)),
                Growth.between("threads", first, last, Sample::threads),
                Growth.between("open files", first, last, Sample::files));
    }

    /** All that must be so. */
    List<Criterion> criteria() {
        List<Criterion> criteria = new ArrayList<>();
        growths().forEach(growth -> criteria.add(Criterion.of(growth)));
        Map<String, Long> calls = sum(rest, Sample::aws);
        calls.keySet().removeAll(OF_THE_SWEEP);
        criteria.add(none("at rest there is no call to AWS beside the sweep's", calls));
        Map<String, Long> writes = sum(rest, Sample::api);
        writes.keySet().removeIf(kind -> READS.contains(kind.replaceFirst(" .*", "")));
        criteria.add(none("at rest there is no write to the cluster", writes));
        double sweeps =
                rest.isEmpty() ? 0 : rest.getLast().sweeps() - rest.getFirst().sweeps();
        criteria.add(new Criterion("at rest it goes on to sweep", "%.0f sweeps".formatted(sweeps), sweeps > 0));
        criteria.add(none(
                "each warning of the log belongs to a fault of that time",
                log.unexplained().stream().map(LogLine::text).toList()));
        criteria.add(none("at the end all is as it was asked for", differences));
        List<String> dead = all.stream()
                .filter(sample -> sample.livez() != 200)
                .map(sample -> "at %.1f min: %d".formatted(sample.minutes(), sample.livez()))
                .toList();
        criteria.add(none("/livez answers 200 all the time", dead));
        criteria.add(none("whoever watched could do so", troubles));
        return criteria;
    }

    private static Criterion none(String what, Map<String, Long> counts) {
        return new Criterion(what, counts.isEmpty() ? "none" : counts.toString(), counts.isEmpty());
    }

    private static Criterion none(String what, List<String> found) {
        String some = String.join("; ", found.stream().limit(5).toList());
        return new Criterion(what, found.isEmpty() ? "yes" : found.size() + ": " + some, found.isEmpty());
    }

    /** By kind, over all of these samples. */
    static Map<String, Long> sum(List<Sample> samples, Function<Sample, Map<String, Long>> counts) {
        Map<String, Long> sum = new TreeMap<>();
        samples.forEach(sample -> counts.apply(sample).forEach((kind, count) -> sum.merge(kind, count, Long::sum)));
        return sum;
    }
}
