package dev.irsa.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All calls that arrived, also those that were then refused: what AWS would count against its rate limits. */
public final class CallLog {
    private static final Set<String> SWEEP = Set.of("GetAccountAuthorizationDetails", "ListRoles");

    private final List<Call> calls = new ArrayList<>();

    /** In the order of arrival. */
    public synchronized List<Call> log() {
        return List.copyOf(calls);
    }

    /** As {@link #log()}, each as {@code Action role}: what a test likes to compare. */
    public List<String> trail() {
        return log().stream().map(Call::toString).toList();
    }

    /** Those of the {@link #trail()} that are about one role: all but the pages of a sweep and looks at the OIDC provider. */
    public List<String> perRole() {
        return log().stream()
                .filter(call -> call.isAboutARole() && !SWEEP.contains(call.action()))
                .map(Call::toString)
                .toList();
    }

    /** How often each action was called, by its name; actions that were not called are absent. */
    public Map<String, Integer> counts() {
        var counts = new TreeMap<String, Integer>();
        log().forEach(call -> counts.merge(call.action(), 1, Integer::sum));
        return counts;
    }

    /** How often one action was called. */
    public int of(String action) {
        return counts().getOrDefault(action, 0);
    }

    public synchronized int total() {
        return calls.size();
    }

    /** How many of them would have changed something. */
    public int writes() {
        return Math.toIntExact(log().stream().filter(Call::isWrite).count());
    }

    /** Forgets all calls and counts from 1 again. */
    public synchronized void reset() {
        calls.clear();
    }

    synchronized Call arrived(String action, String roleName) {
        var call = new Call(calls.size() + 1, action, roleName);
        calls.add(call);
        return call;
    }
}
