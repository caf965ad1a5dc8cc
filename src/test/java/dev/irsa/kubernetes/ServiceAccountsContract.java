package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.plan.ServiceAccountChange.Heir;
import dev.irsa.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How ServiceAccounts are written, on whatever plays the API server. */
interface ServiceAccountsContract {
    String ROLE_ARN = "eks.amazonaws.com/role-arn";
    String EXPIRATION = "eks.amazonaws.com/token-expiration";
    String NAMESPACE = "default";

    /** Its user agent begins with our field manager, as that of the operator does. */
    KubernetesClient client();

    @Test
    default void anOrphanNoLongerPointsAtTheRoleOnceItIsReleased() {
        Subject subject = Subject.orphan(client());

        subject.apply(new ReleaseServiceAccount(
                subject.name(), subject.uid(), false, Set.of(ROLE_ARN, EXPIRATION), Optional.empty()));

        assertThat(subject.annotations()).isEmpty();
    }

    @Test
    default void anOrphanOfWhichPartWasAppliedIsReleasedWhole() {
        Subject subject = Subject.orphan(client());
        subject.patch(PatchType.SERVER_SIDE_APPLY, FieldManager.NAME, """
                {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"annotations":
                {"eks.amazonaws.com/audience": "mine"}}}""");

        subject.apply(new ReleaseServiceAccount(
                subject.name(),
                subject.uid(),
                false,
                Set.of(ROLE_ARN, EXPIRATION, "eks.amazonaws.com/audience"),
                Optional.empty()));

        assertThat(subject.annotations()).isEmpty();
    }

    @Test
    default void anOrphanIsAnnotatedAnew() {
        Subject subject = Subject.orphan(client());

        subject.apply(annotate(subject, "arn:b"));

        assertThat(subject.annotations()).isEqualTo(Map.of(ROLE_ARN, "arn:b"));
    }

    @Test
    default void anOrphanThatChangedMeanwhileIsLookedAtAgain() {
        Subject subject = Subject.orphan(client());
        AnnotateServiceAccount planned = annotate(subject, "arn:b");
        subject.byHand("{\"metadata\": {\"annotations\": {\"" + ROLE_ARN + "\": \"arn:theirs\"}}}");

        Failure failure = subject.refusal(planned);

        assertThat(failure.reason()).isEqualTo(Reason.Reconciling);
        assertThat(subject.annotations()).containsEntry(ROLE_ARN, "arn:theirs");
    }

    @Test
    default void anAnnotationOfAnOrphanThatSomebodyElseSetIsAConflict() {
        Subject subject = Subject.orphan(client());
        AnnotateServiceAccount planned = annotate(subject, "arn:b");
        subject.byHand("{\"metadata\": {\"annotations\": {\"" + ROLE_ARN + "\": \"arn:theirs\"}}}");
        subject.look();

        Failure failure = subject.refusal(planned);

        assertThat(failure.reason()).isEqualTo(Reason.ServiceAccountConflict);
        assertThat(subject.annotations()).containsEntry(ROLE_ARN, "arn:theirs");
    }

    @Test
    default void ownersThatChangedMeanwhileAreNotReplaced() {
        Subject subject = Subject.made(client());
        subject.byHand("""
                {"metadata": {"ownerReferences": [%s]}}""".formatted(reference(subject.other())));

        Failure failure = subject.refusal(new ReleaseServiceAccount(
                subject.name(),
                subject.uid(),
                true,
                Set.of(ROLE_ARN),
                Optional.of(new Heir(subject.heir().name(), subject.heir().uid()))));

        assertThat(failure.reason()).isEqualTo(Reason.Reconciling);
        assertThat(subject.owners()).containsExactly(subject.other().uid());
    }

    @Test
    default void theHeirTakesOurPlaceBesideTheOtherOwners() {
        Subject subject = Subject.made(client());
        subject.byHand("""
                {"metadata": {"ownerReferences": [%s, %s]}}""".formatted(reference(subject.other()), reference(subject.maker())));
        subject.look();

        subject.apply(new ReleaseServiceAccount(
                subject.name(),
                subject.uid(),
                true,
                Set.of(ROLE_ARN),
                Optional.of(new Heir(subject.heir().name(), subject.heir().uid()))));

        assertThat(subject.owners())
                .containsExactly(subject.other().uid(), subject.heir().uid());
        assertThat(subject.annotations()).isEqualTo(Map.of(EXPIRATION, "600"));
    }

    private static AnnotateServiceAccount annotate(Subject subject, String arn) {
        return new AnnotateServiceAccount(
                subject.name(), subject.uid(), false, new TreeMap<>(Map.of(ROLE_ARN, arn)), Set.of(EXPIRATION));
    }

    private static String reference(ResourceRef owner) {
        return """
                {"apiVersion": "irsa.dev/v1alpha1", "kind": "IamServiceAccount", "name": "%s", "uid": "%s"}""".formatted(owner.name(), owner.uid());
    }

    /** A ServiceAccount that we made, as the cache knows it. */
    record Subject(
            KubernetesClient client,
            KnownAccounts cache,
            String name,
            ResourceRef maker,
            ResourceRef heir,
            ResourceRef other) {
        static Subject made(KubernetesClient client) {
            String name = "s-" + UUID.randomUUID().toString().substring(0, 8);
            Subject subject = new Subject(
                    client,
                    new KnownAccounts(client),
                    name,
                    resource(client, name + "-maker"),
                    resource(client, name + "-heir"),
                    resource(client, name + "-other"));
            subject.apply(new CreateServiceAccount(name, new TreeMap<>(Map.of(ROLE_ARN, "arn:a", EXPIRATION, "600"))));
            return subject;
        }

        /** Owners must be there: what has none that is, is collected as garbage. */
        private static ResourceRef resource(KubernetesClient client, String name) {
            HasMetadata made = client.resource("""
                            apiVersion: irsa.dev/v1alpha1
                            kind: IamServiceAccount
                            metadata: {namespace: %s, name: %s}
                            spec: {}
                            """.formatted(NAMESPACE, name)).create();
            return new ResourceRef(NAMESPACE, name, made.getMetadata().getUid());
        }

        static Subject orphan(KubernetesClient client) {
            Subject subject = made(client);
            subject.byHand("{\"metadata\": {\"ownerReferences\": null}}");
            subject.look();
            assertThat(subject.owners()).isEmpty();
            return subject;
        }

        void look() {
            cache.look(NAMESPACE, name);
        }

        void byHand(String patch) {
            patch(PatchType.JSON_MERGE, "kubectl", patch);
        }

        void patch(PatchType type, String manager, String patch) {
            client.serviceAccounts()
                    .inNamespace(NAMESPACE)
                    .withName(name)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(type)
                                    .withFieldManager(manager)
                                    .build(),
                            patch);
            if (type == PatchType.SERVER_SIDE_APPLY) {
                look();
            }
        }

        void apply(ServiceAccountChange change) {
            new KubernetesCluster(client, cache, new NoResources(), Gate.OPEN).apply(maker, change);
        }

        Failure refusal(ServiceAccountChange change) {
            return catchThrowableOfType(FailureException.class, () -> apply(change))
                    .failure();
        }

        String uid() {
            return live().getUid();
        }

        Map<String, String> annotations() {
            return live().getAnnotations();
        }

        List<String> owners() {
            return live().getOwnerReferences().stream()
                    .map(owner -> owner.getUid())
                    .toList();
        }

        private ObjectMeta live() {
            return client.serviceAccounts()
                    .inNamespace(NAMESPACE)
                    .withName(name)
                    .require()
                    .getMetadata();
        }
    }
}
