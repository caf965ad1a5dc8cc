package dev.irsa.simulation;

import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened, line by line, for whoever wants to read it; and a digest of it, to tell one run from another. */
final class Story {
    private final VirtualClock clock;
    private final Instant begin;
    private final List<String> lines = new ArrayList<>();
    private boolean kept;
    private long digest = 1;

    Story(VirtualClock clock) {
        this.clock = clock;
        this.begin = clock.instant();
    }

    void begin(Setting setting) {
        kept = true;
        tell(setting.toString());
    }

    void tell(Act act) {
        digest(act.getClass().getSimpleName());
        if (kept) {
            tell(">>> " + act);
        }
    }

    /**
     * A call.
     *
     * @param how it fared; empty: well
     * @param routine whether nobody wants to read of it
     */
    void tell(Life life, OutsideCall call, String how, boolean routine) {
        digest(call.action());
        digest(call.subject());
        digest(how);
        if (kept && !routine) {
            tell("    " + life + ": " + call.action() + " " + call.subject() + how);
        }
    }

    void tell(String line) {
        if (kept) {
            lines.add("%9.3f s %s"
                    .formatted(Duration.between(begin, clock.instant()).toMillis() / 1000.0, line));
        }
    }

    private void digest(String text) {
        digest = 31 * digest + text.hashCode();
        digest = 31 * digest + Duration.between(begin, clock.instant()).toNanos();
    }

    List<String> lines() {
        return lines;
    }

    long digest() {
        return digest;
    }
}
