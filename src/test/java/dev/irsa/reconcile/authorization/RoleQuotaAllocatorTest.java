package dev.irsa.reconcile.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.core.entitlement.Entitlement;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementEvaluation;
import dev.irsa.core.entitlement.RequestingNamespace;
import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two places in the namespace, and who gets them. */
class RoleQuotaAllocatorTest {
    private static final int PLACES = 2;
    private static final String LATE = "2026-11-25T13:00:00Z";

    private final List<IamServiceAccount> namespace = new CopyOnWriteArrayList<>();
    private final List<String> requeued = new CopyOnWriteArrayList<>();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private RoleQuotaAllocator quota = anew();

    private final IamServiceAccount a = applied("a", "2026-11-25T12:00:00Z");
    private final IamServiceAccount b = applied("b", "2026-11-25T12:00:00Z");
    private final IamServiceAccount c = applied("c", "2026-11-25T12:00:01Z");
    private final IamServiceAccount d = applied("d", "2026-11-25T12:00:02Z");

    private RoleQuotaAllocator anew() {
        return new RoleQuotaAllocator(
                new NamespaceResources(namespace), () -> news.add("news"), resource -> requeued.add(resource.name()));
    }

    private IamServiceAccount applied(String name, String created) {
        IamServiceAccount resource = Examples.named(name, created);
        namespace.add(resource);
        return resource;
    }

    private boolean allows(IamServiceAccount resource) {
        return allows(resource, "small", PLACES);
    }

    private boolean allows(IamServiceAccount resource, String entitlement, int places) {
        String spec = "namespaceSelector: {}\nmaxRolesPerNamespace: " + places;
        return quota.decide(resource, evaluation(List.of(Platform.entitlement(entitlement, spec))))
                instanceof EntitlementDecision.Allowed;
    }

    private void refuse(IamServiceAccount resource) {
        var _ = quota.decide(resource, evaluation(List.of()));
    }

    private static EntitlementEvaluation evaluation(List<Entitlement> entitlements) {
        return Platform.of(entitlements)
                .evaluate(new RequestingNamespace("payments", Map.of()), Platform.request("{}"));
    }

    private void remove(IamServiceAccount resource) {
        namespace.remove(resource);
        quota.forget(resource.getMetadata().getUid());
    }

    private static void giveRole(IamServiceAccount resource) {
        resource.addFinalizer(IamServiceAccount.FINALIZER);
        resource.setStatus(
                new IamServiceAccountStatus(2, Examples.ROLE_STATUS, Examples.ACCOUNT_STATUS, List.of(), List.of()));
    }

    @Test
    void theOlderComeFirstAndOfTheSameAgeTheFirstByName() {
        assertThat(allows(d)).isFalse();
        assertThat(allows(c)).isFalse();
        assertThat(allows(b)).isTrue();
        assertThat(allows(a)).isTrue();
        assertThat(allows(a)).isTrue();
    }

    @Test
    void whatHasARoleKeepsItsPlaceAlsoAfterARestart() {
        giveRole(c);
        giveRole(d);

        assertThat(allows(a)).isFalse();
        assertThat(allows(b)).isFalse();
        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isTrue();
    }

    @Test
    void whatHasARoleKeepsItsPlaceWhileItIsDenied() {
        giveRole(c);
        giveRole(d);
        refuse(c);

        assertThat(allows(a)).isFalse();
        assertThat(allows(c)).isTrue();
    }

    @Test
    void aFinalizerIsNoPlaceSinceItsUserCanWriteIt() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(b)).isTrue();
        c.addFinalizer(IamServiceAccount.FINALIZER);

        assertThat(allows(c)).isFalse();
    }

    @Test
    void whatWasHeldWhenTheProcessDiedComesBeforeWhatWaits() {
        giveRole(d);
        c.addFinalizer(IamServiceAccount.FINALIZER);

        assertThat(allows(a)).isFalse();
        assertThat(allows(c)).isTrue();
    }

    @Test
    void whatIsRefusedForAnotherReasonTakesNoPlaceAndLetsTheNextIn() {
        assertThat(allows(c)).isFalse();
        refuse(a);

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c)).isTrue();
    }

    @Test
    void whatCanNeverBeTakesNoPlaceAndLetsTheNextIn() {
        assertThat(allows(c)).isFalse();
        quota.deny(ResourceRef.of(a));

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c)).isTrue();
    }

    @Test
    void aPlaceThatBecomesFreeGoesToTheOldestOfThoseThatWait() {
        namespace.forEach(this::allows);
        assertThat(requeued).isEmpty();
        remove(a);

        assertThat(requeued).containsExactlyInAnyOrder("c", "d");
        assertThat(allows(d)).isFalse();
        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isFalse();
    }

    @Test
    void aPlaceOfOneThatGoesBeforeItWasJudgedIsFreeToo() {
        giveRole(a);
        giveRole(b);
        assertThat(allows(c)).isFalse();
        remove(a);

        assertThat(requeued).containsExactly("c");
        assertThat(allows(c)).isTrue();
    }

    @Test
    void oneThatGoesWithoutARoleStandsBeforeNobody() {
        a.getMetadata().setDeletionTimestamp(LATE);

        assertThat(allows(c)).isTrue();
        assertThat(allows(d)).isFalse();
    }

    @Test
    void thoseThatWaitForAnotherEntitlementStandBeforeNobody() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(b)).isTrue();
        assertThat(allows(c)).isFalse();

        assertThat(allows(d, "large", 3)).isTrue();
    }

    @Test
    void oneThatTurnsOutToWaitForAnotherEntitlementLetsTheNextIn() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(d)).isFalse();
        assertThat(allows(c, "tiny", 1)).isFalse();
        assertThat(requeued).containsExactly("d");
        assertThat(allows(b, "tiny", 1)).isFalse();

        assertThat(allows(d)).isTrue();
    }

    @Test
    void aResourceOfAnotherNamespaceIsNotWoken() {
        namespace.forEach(this::allows);
        quota.deny(new ResourceRef("other", "x", "uid-of-x"));

        assertThat(requeued).isEmpty();
    }

    @Test
    void countsWhatEachEntitlementServesAndKnowsWhenAllAreJudged() {
        List<String> uids = namespace.stream()
                .map(resource -> resource.getMetadata().getUid())
                .toList();
        assertThat(allows(a)).isTrue();
        assertThat(allows(b, "other", PLACES)).isTrue();
        refuse(c);
        assertThat(quota.hasAll(uids)).isFalse();
        quota.deny(ResourceRef.of(d));

        assertThat(quota.hasAll(uids)).isTrue();
        assertThat(quota.served()).isEqualTo(Map.of("small", 1, "other", 1));
        remove(a);
        assertThat(quota.served()).isEqualTo(Map.of("other", 1));
    }

    @Test
    void aJudgementThatSaysNothingNewIsNoNews() {
        assertThat(allows(a)).isTrue();
        assertThat(allows(a)).isTrue();
        refuse(b);
        refuse(b);

        assertThat(news).hasSize(2);
    }

    /** Each is judged again when it is requeued, as the reconcile does. */
    @RepeatedTest(20)
    void neverAreThereMoreThanThePlacesHoweverManyThreadsJudge() throws Exception {
        namespace.clear();
        requeued.clear();
        IntStream.range(0, 40).forEach(i -> applied("x" + i, LATE));
        quota = anew();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> judged = new ArrayList<>();
            namespace.forEach(resource -> judged.add(threads.submit(() -> allows(resource))));
            int allowed = 0;
            for (Future<Boolean> one : judged) {
                allowed += one.get() ? 1 : 0;
            }
            assertThat(allowed).isLessThanOrEqualTo(PLACES);
        }
        assertThat(namespace.stream().filter(this::allows)).hasSize(PLACES);
    }

    /** One namespace with these resources. */
    private record NamespaceResources(List<IamServiceAccount> namespace) implements EntitlementSource {
        @Override
        public List<IamEntitlement> entitlements() {
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
