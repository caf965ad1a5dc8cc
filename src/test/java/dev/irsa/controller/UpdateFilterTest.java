package dev.irsa.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.PodIdentityStatus;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.kubernetes.WrittenStatusCache;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateFilterTest {
    private final UpdateFilter filter = new UpdateFilter(new WrittenStatusCache());
    private final IamServiceAccount before = resource();
    private final IamServiceAccount now = resource();

    @Test
    void ignoresMetadataUpdate() {
        now.getMetadata().setResourceVersion("9");
        now.getMetadata().setLabels(Map.of("team", "payments"));
        now.getMetadata().setAnnotations(Map.of("team", "payments"));

        assertThat(filter.accept(now, before)).isFalse();
    }

    @Test
    void acceptsNewGeneration() {
        now.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1);

        assertThat(filter.accept(now, before)).isTrue();
    }

    @Test
    void acceptsAnotherResourceOfTheSameName() {
        now.getMetadata().setUid("another");

        assertThat(filter.accept(now, before)).isTrue();
    }

    @Test
    void acceptsStartOfDeletion() {
        now.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(filter.accept(now, before)).isTrue();
    }

    @Test
    void acceptsRemovedButNotAddedFinalizer() {
        now.getMetadata().setFinalizers(List.of());

        assertThat(filter.accept(now, before)).isTrue();
        assertThat(filter.accept(before, now)).isFalse();
    }

    @Test
    void acceptsLostButNotNewAssociation() {
        IamServiceAccountStatus associated = Statuses.delivered(
                Statuses.of(1, null, null, List.of(), List.of()),
                List.of(Delivery.PodIdentity),
                new PodIdentityStatus(List.of(new AssociationStatus("invoices", "a-1", "arn"))),
                List.of());
        before.setStatus(associated);
        WrittenStatusCache statuses = new WrittenStatusCache();
        UpdateFilter ownWrites = new UpdateFilter(statuses);

        statuses.writing(IamServiceAccountStatus.UNSEEN, now);
        assertThat(ownWrites.accept(now, before)).isTrue();
        statuses.writing(associated, before);
        assertThat(ownWrites.accept(before, now)).isFalse();
    }

    @Test
    void acceptsConfirmationThatPodsWereRestarted() {
        now.getMetadata().setAnnotations(Map.of("irsa.dev/pods-restarted", "2"));

        assertThat(filter.accept(now, before)).isTrue();
        assertThat(filter.accept(now, now)).isFalse();
    }

    @Test
    void acceptsRemovedButNotAddedRole() {
        before.getMetadata().setAnnotations(Map.of(IamServiceAccount.RECORDED_ROLE, "444455556666"));

        assertThat(filter.accept(now, before)).isTrue();
        assertThat(filter.accept(before, now)).isFalse();
    }

    @Test
    void acceptsForeignStatus() {
        now.setStatus(Statuses.of(7, Examples.ROLE_STATUS, Examples.ACCOUNT_STATUS, List.of(), List.of()));

        assertThat(filter.accept(now, before)).isTrue();
    }

    private static IamServiceAccount resource() {
        IamServiceAccount resource = Examples.resource();
        resource.getMetadata().setGeneration(1L);
        resource.addFinalizer(IamServiceAccount.FINALIZER);
        resource.setStatus(IamServiceAccountStatus.UNSEEN);
        return resource;
    }
}
