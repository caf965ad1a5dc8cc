package dev.irsa.reconcile.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.entitlement.Entitlement;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementResults;
import dev.irsa.core.entitlement.RequestingNamespace;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepSnapshot;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two slots in the namespace, and the resources that get them. */
class RoleQuotaAllocatorTest {
    private static final int SLOTS = 2;
    private static final String LATE = "2026-11-25T13:00:00Z";

    private final List<IamServiceAccount> namespace = new CopyOnWriteArrayList<>();
    private final List<String> requeued = new CopyOnWriteArrayList<>();
    private final List<String> notifications = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private ExistingRoles existing = new ExistingRoles(Duration.ofSeconds(10), () -> now);
    private RoleQuotaAllocator quota = newAllocator();

    private final IamServiceAccount a = applied("a", "2026-11-25T12:00:00Z");
    private final IamServiceAccount b = applied("b", "2026-11-25T12:00:00Z");
    private final IamServiceAccount c = applied("c", "2026-11-25T12:00:01Z");
    private final IamServiceAccount d = applied("d", "2026-11-25T12:00:02Z");

    private RoleQuotaAllocator newAllocator() {
        var _ = existing.observed(new SweepSnapshot(now, Map.of(), Set.of()));
        return newAllocator(existing);
    }

    private RoleQuotaAllocator newAllocator(ExistingRoles roles) {
        return new RoleQuotaAllocator(
                new NamespaceResources(namespace),
                roles,
                () -> notifications.add("changed"),
                resource -> requeued.add(resource.name()));
    }

    /** Completes a sweep that shows only these roles, each offered to the resource of its name. */
    private void sweep(String... retained) {
        now = now.plusSeconds(60);
        quota.observed(new SweepSnapshot(
                now,
                Map.of(),
                Set.of(),
                Arrays.stream(retained)
                        .collect(Collectors.toMap(name -> name, name -> new RoleHolder("payments", name, true)))));
    }

    private static String roleName(IamServiceAccount resource) {
        return resource.getMetadata().getName();
    }

    private IamServiceAccount applied(String name, String created) {
        IamServiceAccount resource = Examples.named(name, created);
        namespace.add(resource);
        return resource;
    }

    private boolean allows(IamServiceAccount resource) {
        return allows(resource, "small", SLOTS);
    }

    private boolean allows(IamServiceAccount resource, String entitlement, int places) {
        String spec = "namespaceSelector: {}\nlimits: {rolesPerNamespace: " + places + "}";
        return quota.decide(
                        resource,
                        evaluation(List.of(Platform.entitlement(entitlement, spec))),
                        RoleQuotaAllocatorTest::roleName)
                instanceof EntitlementDecision.Allowed;
    }

    private static IamServiceAccountSpec externalRole() {
        return Serialization.unmarshal(
                "externalRole: {arn: 'arn:aws:iam::111122223333:role/a'}", IamServiceAccountSpec.class);
    }

    @Test
    void doesNotCountRolesOfOthers() {
        a.setSpec(externalRole());
        b.setSpec(externalRole());
        assertThat(allows(a, "small", 1)).isTrue();
        assertThat(allows(b, "small", 1)).isTrue();
        assertThat(allows(c, "small", 1)).isTrue();
        assertThat(quota.served()).containsEntry("small", 3);
        assertThat(allows(d, "small", 1)).isFalse();
    }

    @Test
    void givesNoPlaceToAResourceBecauseItHadARoleOfOthers() {
        d.setSpec(externalRole());
        assertThat(allows(d, "small", 1)).isTrue();
        assertThat(allows(a, "small", 1)).isTrue();
        d.setSpec(IamServiceAccountSpec.DEFAULT);
        assertThat(allows(d, "small", 1)).isFalse();
    }

    private void refuse(IamServiceAccount resource) {
        var _ = quota.decide(resource, evaluation(List.of()), RoleQuotaAllocatorTest::roleName);
    }

    private static EntitlementResults evaluation(List<Entitlement> entitlements) {
        return Platform.of(entitlements)
                .evaluate(new RequestingNamespace("payments", Map.of()), Platform.request("{}"));
    }

    private void remove(IamServiceAccount resource) {
        namespace.remove(resource);
        quota.forget(ResourceRef.of(resource));
    }

    private void giveRole(IamServiceAccount resource) {
        existing.add(ResourceRef.of(resource), roleName(resource));
        forgeRole(resource);
    }

    private static void forgeRole(IamServiceAccount resource) {
        resource.addFinalizer(IamServiceAccount.FINALIZER);
        resource.setStatus(Statuses.of(2, Examples.ROLE_STATUS, Examples.ACCOUNT_STATUS, List.of(), List.of()));
    }

    @Test
    void prefersOlderResourcesThenTheFirstByName() {
        assertThat(allows(d)).isFalse();
        assertThat(allows(c)).isFalse();
        assertThat(allows(b)).isTrue();
        assertThat(allows(a)).isTrue();
        assertThat(allows(a)).isTrue();
    }

    @Test
    void keepsTheSlotsOfExistingRolesAfterARestart() {
        giveRole(c);
        giveRole(d);

        assertThat(allows(a)).isFalse();
        assertThat(allows(b)).isFalse();
        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isTrue();
    }

    @Test
    void keepsTheSlotOfAnExistingRoleWhileItIsDenied() {
        giveRole(c);
        giveRole(d);
        refuse(c);

        assertThat(allows(a)).isFalse();
        assertThat(allows(c)).isTrue();
    }

    @Test
    void givesNoSlotForAFinalizerWrittenByTheUser() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(b)).isTrue();
        c.addFinalizer(IamServiceAccount.FINALIZER);

        assertThat(allows(c)).isFalse();
    }

    @Test
    void prefersResourcesWithAFinalizerAfterARestart() {
        giveRole(d);
        c.addFinalizer(IamServiceAccount.FINALIZER);

        assertThat(allows(a)).isFalse();
        assertThat(allows(c)).isTrue();
    }

    @Test
    void givesTheSlotOfADeniedResourceToTheNext() {
        assertThat(allows(c)).isFalse();
        refuse(a);

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c)).isTrue();
    }

    @Test
    void givesTheSlotOfAnInvalidResourceToTheNext() {
        assertThat(allows(c)).isFalse();
        quota.deny(ResourceRef.of(a));

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c)).isTrue();
    }

    @Test
    void givesAFreedSlotToTheOldestWaitingResource() {
        namespace.forEach(this::allows);
        assertThat(requeued).isEmpty();
        remove(a);

        assertThat(requeued).as("d must still wait").containsExactly("c");
        assertThat(allows(d)).isFalse();
        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isFalse();
    }

    @Test
    void freesTheSlotOfAResourceDeletedBeforeItsDecision() {
        giveRole(a);
        giveRole(b);
        assertThat(allows(c)).isFalse();
        existing.remove(ResourceRef.of(a), roleName(a));
        remove(a);

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c)).isTrue();
    }

    @Test
    void givesEachFreedSlotToAnotherResource() {
        namespace.forEach(this::allows);
        remove(a);
        remove(b);

        assertThat(requeued).containsExactly("c", "c", "d");
    }

    /** The first in turn does not take its place yet, such as while it is slowed down. */
    @Test
    void givesASlotToAResourceBehindOneThatDoesNotTakeIts() {
        namespace.forEach(this::allows);
        remove(a);
        remove(b);

        assertThat(allows(d)).isTrue();
    }

    @Test
    void givesTheTurnOfADeletedResourceToTheNext() {
        namespace.forEach(this::allows);
        remove(a);
        requeued.clear();
        remove(c);

        assertThat(requeued).containsExactly("d");
        assertThat(allows(d)).isTrue();
    }

    @Test
    void requeuesAResourceToWhichARoleIsOfferedMeanwhile() {
        namespace.forEach(this::allows);
        sweep("a", "b", "d");

        assertThat(requeued).containsExactly("d");
        assertThat(allows(d)).isTrue();
    }

    @Test
    void requeuesNoResourceIfNoSlotIsFree() {
        sweep("r0");
        namespace.forEach(this::allows);
        requeued.clear();
        remove(b);
        remove(c);

        assertThat(requeued).isEmpty();
        assertThat(allows(d)).isFalse();
    }

    @Test
    void doesNotRequeueResourcesMarkedForDeletion() {
        namespace.forEach(this::allows);
        c.getMetadata().setDeletionTimestamp(LATE);
        remove(a);

        assertThat(requeued).containsExactly("d");
    }

    @Test
    void countsARoleWhoseResourceNoLongerExists() {
        giveRole(a);
        remove(a);

        assertThat(allows(b)).isTrue();
        assertThat(allows(c)).isFalse();
    }

    @Test
    void countsARetainedRoleUntilASweepNoLongerShowsIt() {
        sweep("r0", "r1");
        assertThat(allows(a)).isFalse();
        sweep("r0");

        assertThat(requeued).containsExactly("a");
        assertThat(allows(a)).isTrue();
        assertThat(allows(b)).isFalse();
    }

    @Test
    void givesTheResourceOfARetainedRoleThePlaceOfItsRole() {
        sweep("a", "c");

        assertThat(allows(b)).isFalse();
        assertThat(allows(c)).isTrue();
        assertThat(allows(a)).isTrue();
    }

    @Test
    void keepsCountingARoleThatASweepIsTooOldToShow() {
        giveRole(a);
        now = now.minusSeconds(55);
        sweep();
        remove(a);

        assertThat(allows(b)).isTrue();
        assertThat(allows(c)).isFalse();
    }

    @Test
    void waitsWithTheLastPlaceForTheFirstSweep() {
        existing = new ExistingRoles(Duration.ofSeconds(10), () -> now);
        quota = newAllocator(existing);
        assertThat(allows(a)).isTrue();
        assertThatThrownBy(() -> allows(b))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("at most one place left (limits.rolesPerNamespace)");
        sweep("r0");

        assertThat(requeued).containsExactly("b");
        assertThat(allows(b)).isFalse();
        sweep();
        assertThat(allows(b)).isTrue();
    }

    @Test
    void doesNotWaitForTheFirstSweepIfNoQuotaMatters() {
        quota = newAllocator(new ExistingRoles(Duration.ofSeconds(10), () -> now));
        String unlimited = "namespaceSelector: {}";

        assertThat(quota.decide(
                        a,
                        evaluation(List.of(Platform.entitlement("unlimited", unlimited))),
                        RoleQuotaAllocatorTest::roleName))
                .isInstanceOf(EntitlementDecision.Allowed.class);
    }

    @Test
    void grantsNoPlaceForTheRoleInAStatus() {
        giveRole(a);
        giveRole(b);
        forgeRole(c);
        assertThat(allows(c)).as("until its role is read").isTrue();
        assertThat(allows(c)).as("again").isTrue();

        assertThat(quota.refuteRole(c.getMetadata().getUid())).isTrue();
        assertThat(allows(c)).isFalse();
        assertThat(quota.refuteRole(c.getMetadata().getUid())).isFalse();
    }

    @Test
    void requeuesTheNextIfAStatusNoLongerNamesARole() {
        namespace.removeAll(List.of(a, b));
        c.addFinalizer(IamServiceAccount.FINALIZER);
        forgeRole(d);
        assertThat(allows(d, "small", 1)).isTrue();
        assertThat(allows(c, "small", 1)).isFalse();
        d.setStatus(IamServiceAccountStatus.UNSEEN);
        assertThat(allows(d, "small", 1)).isFalse();

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c, "small", 1)).isTrue();
    }

    @Test
    void requeuesAResourceThatIsTheNextByASweepAtTheLatest() {
        namespace.forEach(this::allows);
        remove(a);
        d.addFinalizer(IamServiceAccount.FINALIZER);
        assertThat(allows(c)).isFalse();
        requeued.clear();
        sweep();

        assertThat(requeued).containsExactly("d");
        assertThat(allows(d)).isTrue();
    }

    @Test
    void doesNotCountTheRoleInTheStatusOfAnotherResource() {
        forgeRole(a);
        forgeRole(b);
        refuse(a);
        refuse(b);

        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isTrue();
    }

    @Test
    void keepsTheRoleOfAStatusOnceItWasRead() {
        giveRole(a);
        giveRole(b);
        forgeRole(c);
        assertThat(allows(c)).isTrue();
        existing.add(ResourceRef.of(c), roleName(c));
        assertThat(allows(c)).isTrue();

        assertThat(quota.refuteRole(c.getMetadata().getUid())).isFalse();
    }

    @Test
    void doesNotCountADeletedResourceWithoutARole() {
        a.getMetadata().setDeletionTimestamp(LATE);

        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isFalse();
    }

    @Test
    void doesNotCountResourcesThatWaitForAnotherEntitlement() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(b)).isTrue();
        assertThat(allows(c)).isFalse();

        assertThat(allows(d, "large", 3)).isTrue();
    }

    @Test
    void givesTheSlotToTheNextWhenAResourceWaitsForAnotherEntitlement() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(d)).isFalse();
        assertThat(allows(c, "tiny", 1)).isFalse();
        assertThat(requeued).containsExactly("d");
        assertThat(allows(b, "tiny", 1)).isFalse();

        assertThat(allows(d)).isTrue();
    }

    @Test
    void doesNotRequeueResourcesOfOtherNamespaces() {
        namespace.forEach(this::allows);
        namespace.remove(a);
        quota.deny(new ResourceRef("other", "x", "uid-of-x"));
        quota.forget(new ResourceRef("other", "y", "uid-of-y"));

        assertThat(requeued).isEmpty();
    }

    @Test
    void countsResourcesPerEntitlementAndReportsWhenAllAreDecided() {
        List<String> uids = namespace.stream()
                .map(resource -> resource.getMetadata().getUid())
                .toList();
        assertThat(allows(a)).isTrue();
        assertThat(allows(b, "other", SLOTS)).isTrue();
        refuse(c);
        assertThat(quota.hasAll(uids)).isFalse();
        quota.deny(ResourceRef.of(d));

        assertThat(quota.hasAll(uids)).isTrue();
        assertThat(quota.served()).isEqualTo(Map.of("small", 1, "other", 1));
        remove(a);
        assertThat(quota.served()).isEqualTo(Map.of("other", 1));
    }

    @Test
    void doesNotNotifyWhenADecisionIsUnchanged() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(a)).isTrue();
        refuse(b);
        refuse(b);

        assertThat(notifications).hasSize(2);
    }

    /** Decides again on each requeued resource, as the reconciler does. */
    @RepeatedTest(20)
    void neverExceedsTheQuotaWithConcurrentDecisions() throws Exception {
        namespace.clear();
        requeued.clear();
        IntStream.range(0, 40).forEach(i -> applied("x" + i, LATE));
        quota = newAllocator();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> decisions = new ArrayList<>();
            namespace.forEach(resource -> decisions.add(threads.submit(() -> allows(resource))));
            int allowed = 0;
            for (Future<Boolean> one : decisions) {
                allowed += one.get() ? 1 : 0;
            }
            assertThat(allowed).isLessThanOrEqualTo(SLOTS);
        }
        assertThat(namespace.stream().filter(this::allows)).hasSize(SLOTS);
    }

    /** A namespace with these resources. */
    private record NamespaceResources(List<IamServiceAccount> namespace) implements EntitlementSource {
        @Override
        public List<IamEntitlement> entitlements() {
            return List.of();
        }

        @Override
        public List<IamPolicyTemplate> policyTemplates() {
            return List.of();
        }

        @Override
        public Optional<Map<String, String>> namespaceLabels(String name) {
            return Optional.empty();
        }

        @Override
        public List<IamServiceAccount> resources(String name) {
            return namespace;
        }
    }
}
