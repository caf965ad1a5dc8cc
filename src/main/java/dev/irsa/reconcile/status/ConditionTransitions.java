package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.PlainText;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Builds conditions. The transition time of a condition changes only with its status. */
record ConditionTransitions(InstantSource clock, Documentation documentation) {
    /** @param previous the conditions that the resource had before */
    Condition of(List<Condition> previous, long generation, String type, String value, String reason, String message) {
        String since = previous.stream()
                .filter(before -> before.type().equals(type) && before.status().equals(value))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new Condition(type, value, generation, since, reason, PlainText.of(documentation.in(message)));
    }
}
