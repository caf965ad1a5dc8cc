package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.text.Documentation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Builds the statuses of other AWS accounts. Their conditions are like those that {@link StatusFactory} makes. */
public final class AccountStatusFactory {
    private final ConditionTransitions conditions;

    /** Creates a factory whose conditions carry the time of this clock, and refer to this documentation. */
    public AccountStatusFactory(InstantSource clock, Documentation documentation) {
        this.conditions = new ConditionTransitions(clock, documentation);
    }

    /**
     * What is known of an account.
     *
     * @param obstacle why no role can be managed there; empty if nothing prevents it
     * @param oidcProvider the ARN of the OIDC provider; empty if there is none
     * @param roles how many roles of this cluster the last sweep of this process found; empty before the first
     */
    public record Observed(Optional<Failure> obstacle, Optional<String> oidcProvider, Optional<Integer> roles) {}

    /** Returns the status of an account. */
    public IamAccountStatus of(IamAccount account, Observed observed) {
        IamAccountStatus before = account.getStatus();
        long generation = account.getMetadata().getGeneration();
        // From the first sweep on, what was abandoned is reported as orphaned, if it exists.
        Optional<IamAccountStatus> abandoned =
                Optional.ofNullable(before).filter(_ -> observed.roles().isEmpty());
        return new IamAccountStatus(
                generation,
                observed.oidcProvider().orElse(null),
                observed.roles().orElse(before == null ? null : before.roles()),
                abandoned.map(IamAccountStatus::abandoned).orElse(List.of()),
                abandoned.map(IamAccountStatus::furtherAbandoned).orElse(null),
                conditions(before == null ? List.of() : before.conditions(), generation, observed.obstacle()));
    }

    private List<Condition> conditions(List<Condition> before, long generation, Optional<Failure> obstacle) {
        if (obstacle.isEmpty()) {
            return List.of(conditions.of(
                    before, generation, "Ready", "True", "Ready", "the operator manages roles in this account"));
        }
        Failure failure = obstacle.get();
        String reason = failure.reason().name();
        return List.of(
                conditions.of(before, generation, "Ready", "False", reason, failure.message()),
                conditions.of(
                        before,
                        generation,
                        failure.stalled() ? "Stalled" : "Reconciling",
                        "True",
                        reason,
                        failure.message()));
    }
}
