package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Records the calls that arrived at the proxy since the last {@link #clear()}, in order. */
public final class Calls {
    private static final Set<String> PAGES = Set.of("iam:GetAccountAuthorizationDetails", "iam:ListRoles");

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<AwsCall> arrived = new ArrayList<>();
    private final Deque<Long> lastSecond = new ArrayDeque<>();
    private int inFlight;
    private int peak;
    private int peakPerSecond;

    Calls() {}

    void arrived(AwsCall call) {
        arrived(call, System.nanoTime());
    }

    /**
     * Records a call.
     *
     * @param time in nanoseconds, as from {@link System#nanoTime()}
     */
    synchronized void arrived(AwsCall call, long time) {
        arrived.add(call);
        inFlight++;
        peak = Math.max(peak, inFlight);
        lastSecond.addLast(time);
        while (time - lastSecond.getFirst() >= SECOND) {
            lastSecond.removeFirst();
        }
        peakPerSecond = Math.max(peakPerSecond, lastSecond.size());
    }

    synchronized void answered() {
        inFlight--;
    }

    /** Returns all calls. */
    public synchronized List<AwsCall> all() {
        return List.copyOf(arrived);
    }

    /** Returns the names of the calls, such as {@code iam:CreateRole}. */
    public List<String> names() {
        return all().stream().map(AwsCall::name).toList();
    }

    /** Returns the calls about single roles: all calls except the pages of a sweep. */
    public List<AwsCall> besidesPages() {
        return all().stream().filter(call -> !PAGES.contains(call.name())).toList();
    }

    /** Returns the actions on one role. */
    public List<String> actionsOn(String roleName) {
        return all().stream()
                .filter(call -> call.roleName().filter(roleName::equals).isPresent())
                .map(AwsCall::action)
                .toList();
    }

    /** Counts the calls of one action, such as {@code iam:CreateRole}. */
    public long count(String name) {
        return names().stream().filter(name::equals).count();
    }

    /** Counts the calls of each action. */
    public Map<String, Long> counts() {
        return names().stream().collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** Counts the calls of each action and clears the record. */
    public synchronized Map<String, Long> take() {
        var counts = counts();
        clear();
        return counts;
    }

    /** Returns the number of calls without an answer. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** Returns the highest number of concurrent calls. */
    public synchronized int peakInFlight() {
        return peak;
    }

    /** Returns the highest number of calls that arrived within one second. */
    public synchronized int peakPerSecond() {
        return peakPerSecond;
    }

    /** Clears the record. */
    public synchronized void clear() {
        arrived.clear();
        lastSecond.clear();
        peak = inFlight;
        peakPerSecond = 0;
    }
}
