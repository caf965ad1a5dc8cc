package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamPolicyTemplateStatus;
import dev.irsa.core.entitlement.Entitlements;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.reconcile.status.ValidityStatusFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Updates the statuses of the entitlements and policy templates: how many resources each one serves, and its problems. */
public final class EntitlementStatusUpdater {
    /** Changes arrive in bursts, for example when a namespace is filled or the operator starts. */
    private static final Duration BETWEEN_UPDATES = Duration.ofSeconds(2);

    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(BETWEEN_UPDATES.multipliedBy(2), BETWEEN_UPDATES.multipliedBy(32));

    /** After the start it waits until all resources are evaluated, but not indefinitely for one that cannot be. */
    private static final int MAX_POSTPONEMENTS = 30;

    private final EntitlementEventSources sources;
    private final Supplier<Map<String, EntitledAccount>> accounts;
    private final StatusWriter writer;
    private final CoalescingSignal changes;
    private final ValidityStatusFactory statuses;
    private int postponementsLeft = MAX_POSTPONEMENTS;
    private int failures;

    /**
     * Creates an updater that has written nothing yet.
     *
     * @param accounts returns the accounts by the name of the IamAccount; the one of the operator has the empty name
     * @param changes is signaled when an entitlement, a template, the labels of a namespace, or the set of resources that an
     *     entitlement or a template serves, change
     */
    public EntitlementStatusUpdater(
            EntitlementEventSources sources,
            Supplier<Map<String, EntitledAccount>> accounts,
            StatusWriter writer,
            CoalescingSignal changes,
            InstantSource clock) {
        this.sources = sources;
        this.accounts = accounts;
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
        Map<String, EntitledAccount> known = accounts.get();
        if (!Objects.requireNonNull(known.get("")).isUsable().getAsBoolean()) {
            return true;
        }
        boolean decided = known.values().stream()
                .filter(account -> account.isUsable().getAsBoolean())
                .allMatch(account -> account.authorizer().hasDecided(sources.resources()));
        postponementsLeft = decided ? 0 : Math.max(0, postponementsLeft - 1);
        return postponementsLeft > 0;
    }

    /** Writes every status that differs; returns whether all writes succeeded. */
    private boolean writeAll() {
        Map<String, EntitledAccount> known = accounts.get();
        boolean entitlements = writeEntitlements(known);
        return writeTemplates(known) && entitlements;
    }

    private boolean writeTemplates(Map<String, EntitledAccount> known) {
        Map<String, Integer> users = new HashMap<>();
        known.values()
                .forEach(account -> account.authorizer()
                        .templateUsers()
                        .forEach((template, count) -> users.merge(template, count, Integer::sum)));
        Map<String, PolicyTemplate> read =
                Objects.requireNonNull(known.get("")).authorizer().templates();
        boolean all = true;
        for (IamPolicyTemplate template : sources.policyTemplates()) {
            String name = template.getMetadata().getName();
            List<String> problems = read.containsKey(name) ? read.get(name).problems() : List.of();
            IamPolicyTemplateStatus status = statuses.of(template, users.getOrDefault(name, 0), problems);
            all &= status.equals(template.getStatus()) || writer.write(template, status);
        }
        return all;
    }

    private boolean writeEntitlements(Map<String, EntitledAccount> known) {
        Map<String, List<IamEntitlement>> byAccount = sources.entitlements().stream()
                .collect(Collectors.groupingBy(
                        entitlement -> entitlement.getSpec().accountName()));
        boolean all = true;
        for (var entry : byAccount.entrySet()) {
            Optional<EntitledAccount> account = Optional.ofNullable(known.get(entry.getKey()));
            try {
                all &= account.isPresent()
                        ? writeKnown(account.get(), entry.getValue())
                        : writeProblem("the cluster has no IamAccount " + entry.getKey(), entry.getValue());
            } catch (FailureException e) {
                all &= writeProblem(e.failure().message(), entry.getValue());
            }
        }
        return all;
    }

    private boolean writeProblem(String problem, List<IamEntitlement> entitlements) {
        boolean all = true;
        for (IamEntitlement entitlement : entitlements) {
            all &= write(
                    entitlement,
                    statuses.of(entitlement, 0, List.of("spec.account: " + problem), Collections.emptySortedMap()));
        }
        return all;
    }

    /** @throws FailureException if the account can never be used */
    private boolean writeKnown(EntitledAccount account, List<IamEntitlement> entitlements) {
        Map<String, Integer> served = account.authorizer().served();
        Entitlements read =
                account.authorizer().entitlements(account.identities().current().account());
        SortedMap<String, SortedMap<String, String>> differing = read.differing(sources.namespaces());
        boolean all = true;
        for (IamEntitlement entitlement : entitlements) {
            String name = entitlement.getMetadata().getName();
            all &= write(
                    entitlement,
                    statuses.of(
                            entitlement,
                            account.isUsable().getAsBoolean() ? served.getOrDefault(name, 0) : before(entitlement),
                            read.problems(name),
                            differing.getOrDefault(name, Collections.emptySortedMap())));
        }
        return all;
    }

    /** While an account cannot be used, nothing is decided there, and the count stays. */
    private static int before(IamEntitlement entitlement) {
        return Optional.ofNullable(entitlement.getStatus())
                .map(IamEntitlementStatus::resources)
                .orElse(0);
    }

    private boolean write(IamEntitlement entitlement, IamEntitlementStatus status) {
        return status.equals(entitlement.getStatus()) || writer.write(entitlement, status);
    }
}
