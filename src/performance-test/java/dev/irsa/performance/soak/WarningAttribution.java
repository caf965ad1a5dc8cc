package dev.irsa.performance.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attributes the warnings of the log to injected faults and manual changes.
 *
 * @param explained how many warnings each kind of fault explains
 * @param unexplained warnings that neither a fault at that time nor a manual change explains
 */
record WarningAttribution(Map<FaultKind, Integer> explained, List<LogLine> unexplained) {
    WarningAttribution {
        explained = Map.copyOf(explained);
        unexplained = List.copyOf(unexplained);
    }

    /**
     * Attributes warnings.
     *
     * @param byHand the reasons of the warnings that manual changes explain, each with the changed resources as {@code namespace/name}
     */
    static WarningAttribution of(List<LogLine> warnings, List<InjectedFault> faults, Map<String, Set<String>> byHand) {
        Map<FaultKind, Integer> explained = new EnumMap<>(FaultKind.class);
        List<LogLine> unexplained = new ArrayList<>();
        for (LogLine warning : warnings) {
            String reason = warning.message().replaceFirst(":.*", "");
            if (byHand.getOrDefault(reason, Set.of()).contains(warning.about())) {
                continue;
            }
            Optional<FaultKind> kind = faults.stream()
                    .filter(fault -> fault.explains(warning))
                    .map(InjectedFault::kind)
                    .findFirst();
            kind.ifPresentOrElse(known -> explained.merge(known, 1, Integer::sum), () -> unexplained.add(warning));
        }
        return new WarningAttribution(explained, unexplained);
    }
}
