package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.api.v1beta1.RoleQuotaStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.text.Documentation;
import dev.irsa.port.RoleQuota;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
     * @param swept what the last sweep of this process found; empty before the first
     */
    public record Observed(Optional<Failure> obstacle, Optional<String> oidcProvider, Optional<Swept> swept) {}

    /**
     * What a sweep found.
     *
     * @param roles how many roles of this cluster there are
     * @param quota the quota of roles; empty if it cannot be read
     * @param missing abandoned roles that it proved to be absent
     */
    public record Swept(int roles, Optional<RoleQuota> quota, Set<String> missing) {}

    /** Returns the status of an account. */
    public IamAccountStatus of(IamAccount account, Observed observed) {
        long generation = account.getMetadata().getGeneration();
        IamAccountStatus known = Objects.requireNonNullElse(account.getStatus(), IamAccountStatus.NONE);
        List<String> abandoned = known.abandoned().stream()
                .filter(name -> observed.swept()
                        .filter(swept -> swept.missing().contains(name))
                        .isEmpty())
                .toList();
        return new IamAccountStatus(
                generation,
                observed.oidcProvider().orElse(null),
                observed.swept().map(Swept::roles).orElse(known.roles()),
                observed.swept()
                        .map(AccountStatusFactory::quota)
                        .orElse(Optional.ofNullable(known.roleQuota()))
                        .orElse(null),
                abandoned,
                known.furtherAbandoned(),
                conditions(known.conditions(), generation, observed.obstacle()));
    }

    private static Optional<RoleQuotaStatus> quota(Swept swept) {
        return swept.quota().map(read -> new RoleQuotaStatus(read.used(), read.limit()));
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
