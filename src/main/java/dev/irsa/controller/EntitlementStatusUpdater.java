package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamPolicyTemplateStatus;
import dev.irsa.core.entitlement.Entitlements;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.status.ValidityStatusFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Updates the statuses of the entitlements and policy templates: how many resources each one serves, and its problems. */
public final class EntitlementStatusUpdater {
    /** Changes arrive in bursts, for example when a namespace is filled or the operator starts. */
    private static final Duration BETWEEN_UPDATES = Duration.ofSeconds(2);

    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(BETWEEN_UPDATES.multipliedBy(2), BETWEEN_UPDATES.multipliedBy(32));

    /** After the start it waits until all resources are evaluated, but not indefinitely for one that cannot be. */
    private static final int MAX_POSTPONEMENTS = 30;

    private final EntitlementEventSources sources;
    private final EntitlementAuthorizer authorizer;
    private final ClusterIdentityResolver identities;
    private final StatusWriter writer;
    private final CoalescingSignal changes;
    private final ValidityStatusFactory statuses;
    private int postponementsLeft = MAX_POSTPONEMENTS;
    private int failures;

    /** @param changes is signaled when an entitlement, a template, the labels of a namespace, or the set of resources that an
     *     entitlement or a template serves, change */
    public EntitlementStatusUpdater(
            EntitlementEventSources sources,
            EntitlementAuthorizer authorizer,
            ClusterIdentityResolver identities,
            StatusWriter writer,
            CoalescingSignal changes,
            InstantSource clock) {
        this.sources = sources;
        this.authorizer = authorizer;
        this.identities = identities;
        this.writer = writer;
        this.changes = changes;
        this.statuses = new ValidityStatusFactory(clock);
    }

    /** Waits for a change and writes the statuses that differ; returns the pause before the next step. */
    public Duration step() throws InterruptedException {
        changes.await();
        if (mustPostpone()) {
            changes.signal();
            return BETWEEN_UPDATES;
        }
        if (writeAll()) {
            failures = 0;
            return BETWEEN_UPDATES;
        }
        changes.signal();
        return RETRY.after(failures++);
    }

    /** Right after the start, a count would cover only the resources that are evaluated so far. */
    private boolean mustPostpone() {
        if (!identities.known()) {
            return true;
        }
        postponementsLeft = authorizer.hasDecided(sources.resources()) ? 0 : Math.max(0, postponementsLeft - 1);
        return postponementsLeft > 0;
    }

    /** Writes every status that differs; returns whether all writes succeeded. */
    private boolean writeAll() {
        boolean entitlements = writeEntitlements();
        return writeTemplates() && entitlements;
    }

    private boolean writeTemplates() {
        Map<String, Integer> users = authorizer.templateUsers();
        Map<String, PolicyTemplate> read = authorizer.templates();
        boolean all = true;
        for (IamPolicyTemplate template : sources.policyTemplates()) {
            String name = template.getMetadata().getName();
            List<String> problems = read.containsKey(name) ? read.get(name).problems() : List.of();
            IamPolicyTemplateStatus status = statuses.of(template, users.getOrDefault(name, 0), problems);
            all &= status.equals(template.getStatus()) || writer.write(template, status);
        }
        return all;
    }

    private boolean writeEntitlements() {
        Map<String, Integer> served = authorizer.served();
        Entitlements read = authorizer.entitlements(identities.current().account());
        SortedMap<String, SortedMap<String, String>> differing = read.differing(sources.namespaces());
        boolean all = true;
        for (IamEntitlement entitlement : sources.entitlements()) {
            String name = entitlement.getMetadata().getName();
            int count = served.getOrDefault(name, 0);
            IamEntitlementStatus status = statuses.of(
                    entitlement,
                    count,
                    read.problems(name),
                    differing.getOrDefault(name, Collections.emptySortedMap()));
            all &= status.equals(entitlement.getStatus()) || writer.write(entitlement, status);
        }
        return all;
    }
}
