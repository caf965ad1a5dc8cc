package dev.irsa.reconcile.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.PodIdentityStatus;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedServiceAccountResolverTest {
    private static final ObservedServiceAccount ABSENT = new ObservedServiceAccount.Absent();

    private static final ClusterIdentity IDENTITY = SampleCluster.of(
            "prod",
            "id-of-kube-system",
            new Issuer("https://oidc.example.com/id/1"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    private final IamServiceAccount first = resource("zebra", "2026-01-01T00:00:00Z");
    private final IamServiceAccount sameSecond = resource("ant", "2026-01-01T00:00:00Z");
    private final IamServiceAccount later = resource("bee", "2026-01-01T00:00:01Z");

    @Test
    void prefersTheOldestResource() {
        assertThat(resolver(ABSENT, first, later).conflict(first, IDENTITY)).isEmpty();
        assertThat(resolver(ABSENT, first, later).conflict(later, IDENTITY))
                .map(Failure::message)
                .hasValueSatisfying(message -> assertThat(message).contains("IamServiceAccount zebra"));
    }

    @Test
    void prefersTheFirstNameAmongResourcesOfTheSameAge() {
        assertThat(resolver(ABSENT, first, sameSecond).conflict(sameSecond, IDENTITY))
                .isEmpty();
        assertThat(resolver(ABSENT, first, sameSecond).conflict(first, IDENTITY))
                .isPresent();
    }

    @Test
    void prefersTheCreatorAmongResourcesOfTheSameAge() {
        SharedServiceAccountResolver resolver = resolver(createdBy(first), first, sameSecond);
        assertThat(resolver.conflict(first, IDENTITY)).isEmpty();
        assertThat(resolver.conflict(sameSecond, IDENTITY)).isPresent();
    }

    @Test
    void prefersTheAnnotatedRoleAmongResourcesOfTheSameAge() {
        SharedServiceAccountResolver resolver = resolver(
                annotatedWith("arn:aws:iam::111122223333:role/irsa/prod/prod_payments_zebra"), first, sameSecond);
        assertThat(resolver.conflict(first, IDENTITY)).isEmpty();
        assertThat(resolver.conflict(sameSecond, IDENTITY)).isPresent();
    }

    @Test
    void prefersTheOldestWhenAnnotatedWithAForeignRole() {
        SharedServiceAccountResolver resolver =
                resolver(annotatedWith("arn:aws:iam::111122223333:role/foreign"), first, later);
        assertThat(resolver.conflict(first, IDENTITY)).isEmpty();
        assertThat(resolver.conflict(later, IDENTITY)).isPresent();
    }

    @Test
    void keepsTheServiceAccountDuringDeletionUntilItIsReleased() {
        first.addFinalizer(IamServiceAccount.FINALIZER);
        first.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        assertThat(resolver(createdBy(first), first, later).conflict(later, IDENTITY))
                .map(Failure::message)
                .hasValueSatisfying(message -> assertThat(message).contains("zebra is being deleted"));
        assertThat(resolver(createdBy(later), first, later).conflict(later, IDENTITY))
                .isEmpty();
        assertThat(resolver(ABSENT, first, later).conflict(later, IDENTITY)).isEmpty();
    }

    @Test
    void doesNotWaitForADeletionThatLeavesTheAnnotation() {
        first.addFinalizer(IamServiceAccount.FINALIZER);
        first.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        assertThat(resolver(annotatedWith("arn:aws:iam::111122223333:role/irsa/prod/prod_payments_zebra"), first, later)
                        .conflict(later, IDENTITY))
                .isEmpty();
    }

    @Test
    void ignoresADeletionHeldOnlyByForeignFinalizers() {
        first.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        assertThat(resolver(createdBy(first), first, later).conflict(later, IDENTITY))
                .isEmpty();
    }

    @Test
    void namesTheNextOldestAsSuccessor() {
        first.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        IamServiceAccount latest = resource("latest", "2026-01-03T00:00:00Z");
        assertThat(resolver(createdBy(first), latest, first, later).successor(first, "invoices"))
                .map(ServiceAccountChange.Successor::name)
                .contains(later.getMetadata().getName());
        assertThat(resolver(createdBy(first), first).successor(first, "invoices"))
                .isEmpty();
    }

    @Test
    void prefersTheResourceWithTheNameOfTheServiceAccount() {
        IamServiceAccount lists = listing("aardvark", "2025-01-01T00:00:00Z", "invoices");
        IamServiceAccount named = resource("invoices", "2026-01-01T00:00:01Z");
        assertThat(resolver(ABSENT, lists, named).conflict(named, IDENTITY)).isEmpty();
        assertThat(resolver(ABSENT, lists, named).conflict(lists, IDENTITY))
                .map(Failure::message)
                .contains("IamServiceAccount invoices already owns the ServiceAccount invoices; remove it from"
                        + " spec.serviceAccounts of this resource");
        assertThat(resolver(createdBy(lists), lists, named).conflict(named, IDENTITY))
                .map(Failure::message)
                .contains("IamServiceAccount aardvark already owns the ServiceAccount invoices; remove it from"
                        + " spec.serviceAccounts of that resource");
        assertThat(resolver(ABSENT, lists, named).successor(first, "invoices"))
                .map(ServiceAccountChange.Successor::name)
                .contains("invoices");
    }

    @Test
    void saysWhichOfTwoListsIsToBeChanged() {
        IamServiceAccount ant = listing("ant", "2026-01-01T00:00:00Z", "shared");
        IamServiceAccount cow = listing("cow", "2026-01-02T00:00:00Z", "shared");
        assertThat(resolver(ABSENT, ant, cow).conflict(cow, IDENTITY))
                .map(Failure::message)
                .contains("IamServiceAccount ant already owns the ServiceAccount shared; remove it from"
                        + " spec.serviceAccounts of one of the two resources");
        assertThat(resolver(ABSENT, first, later).conflict(later, IDENTITY))
                .map(Failure::message)
                .contains("IamServiceAccount zebra already owns the ServiceAccount invoices; remove it from"
                        + " spec.serviceAccounts of one of the two resources");
    }

    @Test
    void refusesBothResourcesThatListTheServiceAccountWithTheNameOfTheOther() {
        IamServiceAccount ant = listing("ant", "2026-01-01T00:00:00Z", "cow");
        IamServiceAccount cow = listing("cow", "2026-01-02T00:00:00Z", "ant");
        assertThat(resolver(ABSENT, ant, cow).conflict(ant, IDENTITY))
                .map(Failure::message)
                .contains("IamServiceAccount cow already owns the ServiceAccount cow; remove it from"
                        + " spec.serviceAccounts of this resource");
        assertThat(resolver(ABSENT, ant, cow).conflict(cow, IDENTITY))
                .map(Failure::message)
                .contains("IamServiceAccount ant already owns the ServiceAccount ant; remove it from"
                        + " spec.serviceAccounts of this resource");
    }

    @Test
    void prefersTheResourceWithAnAssociation() {
        IamServiceAccount lists = listing("aardvark", "2026-02-01T00:00:00Z", "invoices");
        lists.setStatus(Statuses.delivered(
                Statuses.of(1, null, null, List.of(), List.of()),
                List.of(),
                new PodIdentityStatus(List.of(new AssociationStatus("invoices", "a-1", "arn:a-1"))),
                List.of()));
        assertThat(resolver(ABSENT, lists, later).conflict(lists, IDENTITY)).isEmpty();
        assertThat(resolver(ABSENT, lists, later).conflict(later, IDENTITY)).isPresent();
    }

    /** With the settings of another account, the operator knows only from the status which role a resource has. */
    @Test
    void resourcesOfTwoAccountsAgreeOnTheOwnerAfterThePathOfOneAccountChanged() {
        String role = "arn:aws:iam::444455556666:role/irsa/prod/prod_payments_ant";
        IamServiceAccount named = resource("invoices", "2026-01-01T00:00:00Z");
        IamServiceAccount other = resource("ant", "2026-01-01T00:00:00Z");
        other.setSpec(with(other.getSpec().serviceAccounts(), "analytics", other.getSpec()));
        other.setStatus(Statuses.of(
                1,
                role,
                new RoleStatus("prod_payments_ant", "AROA1", Map.of(), List.of()),
                null,
                List.of(),
                List.of()));
        ClusterIdentity analytics = SampleCluster.of(
                "prod",
                "id-of-kube-system",
                new Issuer("https://oidc.example.com/id/1"),
                new AwsAccount("aws", "444455556666", "").named("analytics"),
                "/moved/");

        SharedServiceAccountResolver resolver = resolver(annotatedWith(role), named, other);

        assertThat(resolver.conflict(other, analytics)).isEmpty();
        assertThat(resolver.conflict(named, IDENTITY)).isPresent();
    }

    private static IamServiceAccount listing(String name, String created, String additional) {
        IamServiceAccount resource = resource(name, created);
        List<ServiceAccountSpec> both = List.of(new ServiceAccountSpec(name), new ServiceAccountSpec(additional));
        resource.setSpec(with(both, null, resource.getSpec()));
        return resource;
    }

    private static IamServiceAccountSpec with(
            List<ServiceAccountSpec> serviceAccounts, @Nullable String account, IamServiceAccountSpec spec) {
        return new IamServiceAccountSpec(
                serviceAccounts,
                spec.role(),
                null,
                spec.policies(),
                spec.token(),
                spec.deletionPolicy(),
                spec.suspend(),
                spec.delivery(),
                account);
    }

    private static IamServiceAccount resource(String name, String created) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("payments")
                .withName(name)
                .withUid("uid-of-" + name)
                .withCreationTimestamp(created)
                .build());
        resource.setSpec(new IamServiceAccountSpec(
                List.of(new ServiceAccountSpec("invoices")),
                RoleSpec.DEFAULT,
                null,
                PoliciesSpec.NONE,
                TokenSpec.DEFAULT,
                null,
                false,
                List.of(),
                null));
        return resource;
    }

    private static ObservedServiceAccount createdBy(IamServiceAccount resource) {
        return new ObservedServiceAccount.Present(
                "uid",
                "1",
                new TreeMap<>(),
                Set.of(),
                Set.of(resource.getMetadata().getUid()));
    }

    private static ObservedServiceAccount annotatedWith(String role) {
        return new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", role)), Set.of(), Set.of());
    }

    private static SharedServiceAccountResolver resolver(
            ObservedServiceAccount account, IamServiceAccount... resources) {
        return new SharedServiceAccountResolver(new Cluster() {
            @Override
            public ObservedServiceAccount serviceAccount(String namespace, String name) {
                return account;
            }

            @Override
            public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
                return serviceAccount(namespace, name);
            }

            @Override
            public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
                return List.of(resources);
            }

            @Override
            public PodUse pods(String namespace, String serviceAccount) {
                throw new AssertionError("the resolver reads competing resources only");
            }

            @Override
            public Optional<IamServiceAccount> cached(String namespace, String name) {
                throw new AssertionError("the resolver reads competing resources only");
            }

            @Override
            public Optional<String> uidNow(String namespace, String name) {
                throw new AssertionError("the resolver reads caches only");
            }

            @Override
            public Optional<Instant> definedSince() {
                throw new AssertionError("the resolver reads caches only");
            }

            @Override
            public CrdState definition() {
                throw new AssertionError("the resolver reads caches only");
            }

            @Override
            public void addFinalizer(IamServiceAccount read, Optional<String> roleArn) {
                throw new AssertionError("the resolver writes nothing");
            }

            @Override
            public void removeFinalizer(IamServiceAccount read) {
                throw new AssertionError("the resolver writes nothing");
            }

            @Override
            public void apply(ResourceRef resource, ServiceAccountChange change) {
                throw new AssertionError("the resolver writes nothing");
            }
        });
    }
}
