package dev.irsa.kubectl.diagnosis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of all checks.
 *
 * @param findings in the order of the chain
 * @param notes what no check can see, if that may be the cause; each is a sentence
 */
public record Diagnosis(List<Finding> findings, List<String> notes) {
    /** Begins what a check says that depends on one that failed. */
    public static final String DEPENDS_ON = "depends on: ";

    public Diagnosis {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Examines every cause. */
    public static Diagnosis of(CredentialFacts facts) {
        Map<Cause, Cause> blocked = new EnumMap<>(Cause.class);
        List<Finding> findings = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            Result result = cause.examine(facts);
            Optional<Cause> root = cause.mayFollowFrom().stream()
                    .filter(blocked::containsKey)
                    .findFirst()
                    .map(blocked::get);
            if (root.isPresent()) {
                blocked.put(cause, root.get());
                // A check that has no meaning here still passes on what it may follow from.
                result = result.outcome() == Outcome.NOT_APPLICABLE
                        ? result
                        : Result.notChecked(DEPENDS_ON + root.get().title());
            } else if (result.isFailed()) {
                blocked.put(cause, cause);
            }
            if (result.outcome() != Outcome.NOT_APPLICABLE) {
                findings.add(new Finding(cause, result));
            }
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.result().isFailed());
        return new Diagnosis(findings, failed ? List.of() : InvisibleCauses.of(facts));
    }

    /** Returns the first cause that was found; empty if none was. */
    public Optional<Finding> firstFailed() {
        return findings.stream().filter(finding -> finding.result().isFailed()).findFirst();
    }
}
