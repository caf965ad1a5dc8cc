package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Records the calls that arrived at the proxy since the last {@link #clear()}, in order. */
public final class Calls {
    private static final Set<String> PAGES = Set.of("iam:GetAccountAuthorizationDetails", "iam:ListRoles");

    private final List<AwsCall> arrived = new ArrayList<>();
    private int inFlight;
    private int peak;

    Calls() {}

    synchronized void arrived(AwsCall call) {
        arrived.add(call);
        inFlight++;
        peak = Math.max(peak, inFlight);
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

    /** Clears the record. */
    public synchronized void clear() {
        arrived.clear();
        peak = inFlight;
    }
}
