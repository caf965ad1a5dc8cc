package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The calls that arrived at the proxy since the last {@link #clear()}, in order. */
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

    /** All of them. */
    public synchronized List<AwsCall> all() {
        return List.copyOf(arrived);
    }

    /** Their names, such as {@code iam:CreateRole}. */
    public List<String> names() {
        return all().stream().map(AwsCall::name).toList();
    }

    /** All but the pages in which a sweep reads the roles: what is asked because of single ones. */
    public List<AwsCall> besidesPages() {
        return all().stream().filter(call -> !PAGES.contains(call.name())).toList();
    }

    /** The actions on one role. */
    public List<String> actionsOn(String roleName) {
        return all().stream()
                .filter(call -> call.roleName().filter(roleName::equals).isPresent())
                .map(AwsCall::action)
                .toList();
    }

    /** How many of one action, such as {@code iam:CreateRole}. */
    public long count(String name) {
        return names().stream().filter(name::equals).count();
    }

    /** How many of each action. */
    public Map<String, Long> counts() {
        return names().stream().collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** How many of each action, and starts to count anew. */
    public synchronized Map<String, Long> take() {
        var counts = counts();
        clear();
        return counts;
    }

    /** How many wait for an answer now. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** How many waited for an answer at once, at most. */
    public synchronized int peakInFlight() {
        return peak;
    }

    /** Starts to count anew. */
    public synchronized void clear() {
        arrived.clear();
        peak = inFlight;
    }
}
