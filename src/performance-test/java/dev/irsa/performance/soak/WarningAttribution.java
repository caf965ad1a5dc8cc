package dev.irsa.performance.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each warning of the log comes from.
 *
 * @param explained how many each kind of fault explains
 * @param byHand how many tell of what people have left in a role that they changed by hand
 * @param unexplained those that belong to none that was there at that time
 */
record WarningAttribution(Map<FaultKind, Integer> explained, int byHand, List<LogLine> unexplained) {
    WarningAttribution {
        explained = Map.copyOf(explained);
        unexplained = List.copyOf(unexplained);
    }

    /** With the objects, as namespace and name, that people changed by hand. */
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
