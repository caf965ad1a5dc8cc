package dev.irsa.performance.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attributes the warnings of the log to injected faults.
 *
 * @param explained how many warnings each kind of fault explains
 * @param byHand how many warnings are about leftovers of manual changes to a role
 * @param unexplained warnings that no fault at that time explains
 */
record WarningAttribution(Map<FaultKind, Integer> explained, int byHand, List<LogLine> unexplained) {
    WarningAttribution {
        explained = Map.copyOf(explained);
        unexplained = List.copyOf(unexplained);
    }

    /** Attributes warnings; {@code changedByHand} has the changed resources as {@code namespace/name}. */
    static WarningAttribution of(List<LogLine> warnings, List<InjectedFault> faults, Set<String> changedByHand) {
        Map<FaultKind, Integer> explained = new EnumMap<>(FaultKind.class);
        List<LogLine> unexplained = new ArrayList<>();
        int byHand = 0;
        for (LogLine warning : warnings) {
            if (warning.message().startsWith("RoleLeftovers: ") && changedByHand.contains(warning.about())) {
                byHand++;
                continue;
            }
            Optional<FaultKind> kind = faults.stream()
                    .filter(fault -> fault.explains(warning))
                    .map(InjectedFault::kind)
                    .findFirst();
            kind.ifPresentOrElse(known -> explained.merge(known, 1, Integer::sum), () -> unexplained.add(warning));
        }
        return new WarningAttribution(explained, byHand, unexplained);
    }
}
