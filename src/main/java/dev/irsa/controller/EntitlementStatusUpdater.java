package dev.irsa.controller;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementStatus;
import dev.irsa.core.entitlement.Entitlement;
import dev.irsa.kubernetes.EntitlementStatusWriter;
import dev.irsa.port.CoalescingSignal;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.status.EntitlementStatusFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Keeps the statuses of the entitlements: how many resources each serves, and what is wrong with it. */
public final class EntitlementStatusUpdater {
    /** News come in crowds: a namespace is filled, the operator starts. */
    private static final Duration CROWD = Duration.ofSeconds(2);

    /** How often, after the start, it waits for all resources to be judged; one that cannot be must not hold it up. */
    private static final int PATIENCE = 30;

    /** A pause of about a minute. */
    private static final int MOST_DOUBLINGS = 5;

    private final EntitlementEventSources limits;
    private final EntitlementAuthorizer guardrails;
    private final ClusterIdentityResolver identities;
    private final EntitlementStatusWriter writer;
    private final CoalescingSignal news;
    private final EntitlementStatusFactory statuses;
    private int patience = PATIENCE;
    private int failures;

    /** @param news is given when an entitlement, or what one serves, has changed */
    public EntitlementStatusUpdater(
            EntitlementEventSources limits,
            EntitlementAuthorizer guardrails,
            ClusterIdentityResolver identities,
            EntitlementStatusWriter writer,
            CoalescingSignal news,
            InstantSource clock) {
        this.limits = limits;
        this.guardrails = guardrails;
        this.identities = identities;
        this.writer = writer;
        this.news = news;
        this.statuses = new EntitlementStatusFactory(clock);
    }

    /** Waits for news and writes what they change; answers how long to wait before the next time. */
    public Duration step() throws InterruptedException {
        news.await();
        if (isEarly()) {
            news.give();
            return CROWD;
        }
        if (write()) {
            failures = 0;
            return CROWD;
        }
        news.give();
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return CROWD.multipliedBy(1L << failures);
    }

    /** Right after the start a count would be one of those that have been judged so far. */
    private boolean isEarly() {
        if (!identities.known()) {
            return true;
        }
        patience = guardrails.hasDecided(limits.resources()) ? 0 : Math.max(0, patience - 1);
        return patience > 0;
    }

    /** Whether all is written. */
    private boolean write() {
        Map<String, Integer> served = guardrails.served();
        Map<String, Entitlement> read =
                guardrails.entitlements(identities.current().account()).byName();
        boolean all = true;
        for (IamEntitlement entitlement : limits.entitlements()) {
            String name = entitlement.getMetadata().getName();
            int count = served.getOrDefault(name, 0);
            List<String> problems = read.containsKey(name) ? read.get(name).problems() : List.of();
            IamEntitlementStatus status = statuses.of(entitlement, count, problems);
            all &= status.equals(entitlement.getStatus()) || writer.write(entitlement, status);
        }
        return all;
    }
}
