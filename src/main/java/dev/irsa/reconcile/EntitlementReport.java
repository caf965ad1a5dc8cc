package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementStatus;
import dev.irsa.entitlement.Entitlement;
import dev.irsa.failure.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the statuses of the entitlements: how many resources each serves, and what is wrong with it. */
public final class EntitlementReport {
    /** News come in crowds: a namespace is filled, the operator starts. */
    private static final Duration CROWD = Duration.ofSeconds(2);

    private final WatchedLimits limits;
    private final Guardrails guardrails;
    private final LazyIdentities identities;
    private final EntitlementStatusWriter writer;
    private final Signal news;
    private final Conditions conditions;

    /** @param news is given when an entitlement, or what one serves, has changed */
    public EntitlementReport(
            WatchedLimits limits,
            Guardrails guardrails,
            LazyIdentities identities,
            EntitlementStatusWriter writer,
            Signal news,
            InstantSource clock) {
        this.limits = limits;
        this.guardrails = guardrails;
        this.identities = identities;
        this.writer = writer;
        this.news = news;
        this.conditions = new Conditions(clock);
    }

    /** Waits for news and writes what they change; answers how long to wait before the next time. */
    public Duration step() throws InterruptedException {
        news.await();
        if (!write()) {
            news.give();
        }
        return CROWD;
    }

    /** Whether all is written; before each resource is judged there is nothing to tell. */
    private boolean write() {
        Optional<Map<String, Integer>> served = guardrails.served(limits.resources());
        if (served.isEmpty() || !identities.known()) {
            return false;
        }
        Map<String, Entitlement> read =
                guardrails.entitlements(identities.current().account()).byName();
        boolean all = true;
        for (IamEntitlement entitlement : limits.entitlements()) {
            String name = entitlement.getMetadata().getName();
            int count = served.get().getOrDefault(name, 0);
            List<String> problems = read.containsKey(name) ? read.get(name).problems() : List.of();
            IamEntitlementStatus status = status(entitlement, count, problems);
            all &= status.equals(entitlement.getStatus()) || writer.write(entitlement, status);
        }
        return all;
    }

    private IamEntitlementStatus status(IamEntitlement entitlement, int served, List<String> problems) {
        String wrong = String.join("; ", problems);
        return new IamEntitlementStatus(
                entitlement.getMetadata().getGeneration(),
                served,
                problems.isEmpty()
                        ? List.of(condition(entitlement, "Ready", true, "Valid", "it can be used"))
                        : List.of(
                                condition(entitlement, "Ready", false, Reason.InvalidSpec.name(), wrong),
                                condition(entitlement, "Stalled", true, Reason.InvalidSpec.name(), wrong)));
    }

    private Condition condition(
            IamEntitlement entitlement, String type, boolean status, String reason, String message) {
        IamEntitlementStatus before = entitlement.getStatus();
        return conditions.of(
                before == null ? List.of() : before.conditions(),
                entitlement.getMetadata().getGeneration(),
                type,
                status,
                reason,
                message);
    }
}
