package dev.irsa.simulation;

import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is reconciled and called: never without end, and next to nothing while nothing changes. */
final class Traffic {
    /** Of one resource in a minute: the busiest of 20,000 schedules has 32, one that comes back at once has thousands. */
    private static final int MOST_RECONCILES = 320;

    /** Of one process in a minute: the busiest of 20,000 schedules has 177. */
    private static final int MOST_CALLS = 1_000;

    /** What is called while nothing changes. */
    private static final Set<String> ROUTINE = Set.of(
            "iam:GetAccountAuthorizationDetails",
            "iam:ListRoles",
            "iam:GetOpenIDConnectProvider",
            "get customresourcedefinitions",
            "get leases",
            "patch leases");

    private final VirtualClock clock;
    private final Map<String, Integer> thisMinute = new TreeMap<>();
    private long minute;
    private long calls;
    private Optional<Map<String, Integer>> refused = Optional.empty();

    Traffic(VirtualClock clock) {
        this.clock = clock;
    }

    static boolean isRoutine(OutsideCall call) {
        return ROUTINE.contains(call.action());
    }

    private static boolean isRead(OutsideCall call) {
        return call.action().startsWith("iam:Get")
                || call.action().startsWith("iam:List")
                || call.action().startsWith("get ");
    }

    long calls() {
        return calls;
    }

    /**
     * From now on nothing is called but the sweep.
     *
     * @param others what may be looked at now and then, as it is refused, and the invariant that a write of it breaks: roles,
     *     resources and ServiceAccounts, each as {@code realm/name}
     */
    void mustBeQuiet(Map<String, Integer> others) {
        refused = Optional.of(others);
    }

    void reconciles(Life life, String resource) {
        int times = count(life + " reconciles " + resource);
        Violation.unless(times <= MOST_RECONCILES, 8, life + " reconciles " + resource + " without end");
    }

    void calls(Life life, OutsideCall call) {
        calls++;
        Violation.unless(count(life + " calls") <= MOST_CALLS, 8, life + " calls without end, now " + call);
        refused.filter(_ -> !isRoutine(call)).ifPresent(others -> {
            Integer broken = others.get(life.realm() + "/" + call.subject());
            Violation.unless(
                    broken != null && isRead(call),
                    broken == null ? 7 : broken,
                    "though nothing changes there is " + call);
        });
    }

    /** How often that was within this minute. */
    private int count(String what) {
        long now = clock.instant().getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            thisMinute.clear();
        }
        return thisMinute.merge(what, 1, Integer::sum);
    }
}
