package dev.irsa.simulation;

import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, line by line, for whoever wants to read it; and a digest of it, to tell one run from another. */
final class Story {
    /** Of calls in a row, at each end. */
    private static final int SHOWN = 40;

    private final VirtualClock clock;
    private final Instant begin;
    private final List<Line> lines = new ArrayList<>();
    private boolean kept;
    private long digest = 1;

    Story(VirtualClock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    void begin(Setting setting) {
        kept = true;
        tell(Narration.of(setting));
    }

    void tell(Act act, Narration narration) {
        digest(act.getClass().getSimpleName());
        if (kept) {
            tell(">>> " + narration.of(act));
        }
    }

    /**
     * A call.
     *
     * @param how it fared; empty: well
     * @param routine whether nobody wants to read of it
     */
    void tell(String process, OutsideCall call, String how, boolean routine) {
        digest(call.action());
        digest(call.subject());
        digest(how);
        if (kept && !routine) {
            add(true, "    " + process + ": " + call + how);
        }
    }

    void tell(String line) {
        if (kept) {
            add(false, line);
        }
    }

    private void add(boolean call, String text) {
        double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
        lines.add(new Line(call, String.format(Locale.ROOT, "%9.3f s %s", seconds, text)));
    }

    private void digest(String text) {
        digest = 31 * digest + text.hashCode();
        digest = 31 * digest + Duration.between(begin, clock.instant()).toNanos();
    }

    /** The lines; of calls that go on and on, the first and the last. */
    List<String> lines() {
        List<String> told = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        for (Line line : lines) {
            if (line.isCall()) {
                calls.add(line.text());
            } else {
                shorten(calls, told);
                told.add(line.text());
            }
        }
        shorten(calls, told);
        return told;
    }

    private static void shorten(List<String> calls, List<String> told) {
        if (calls.size() <= 2 * SHOWN) {
            told.addAll(calls);
        } else {
            told.addAll(calls.subList(0, SHOWN));
            told.add("            ... and " + (calls.size() - 2 * SHOWN) + " calls more, and then");
            told.addAll(calls.subList(calls.size() - SHOWN, calls.size()));
        }
        calls.clear();
    }

    long digest() {
        return digest;
    }

    private record Line(boolean isCall, String text) {}
}
