package dev.irsa.cli.check;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.kubernetes.RequiredPermission;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The IamServiceAccount that one run of the check creates and deletes on the API server.
 *
 * @param run value of the label that distinguishes the resource from those of users and of earlier runs
 */
public record CheckResource(KubernetesClient client, String namespace, String name, String run) {
    /** The label on resources that a check created, and on no others. */
    static final String LABEL = "irsa.dev/check";

    private static final String PLURAL = "iamserviceaccounts";

    /** Returns the missing permissions among those that the check requires before it starts. */
    List<String> missingPermissions() {
        return Stream.of(
                        new RequiredPermission("get", IamServiceAccount.GROUP, PLURAL, name),
                        new RequiredPermission("create", IamServiceAccount.GROUP, PLURAL),
                        new RequiredPermission("delete", IamServiceAccount.GROUP, PLURAL, name))
                .filter(permission -> !permission.isGranted(client, namespace))
                .map(RequiredPermission::toString)
                .toList();
    }

    /** Returns the resource that has the name, even if this run did not create it. */
    Optional<Observed> read() {
        return Optional.ofNullable(client.resources(IamServiceAccount.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(Observed::new);
    }

    boolean isOfThisRun(Observed seen) {
        return seen.run().equals(Optional.of(run));
    }

    /** Creates the resource. If an earlier attempt created it but its response was lost, returns that resource. */
    Observed create() {
        IamServiceAccount created = new IamServiceAccount();
        created.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(LABEL, run)
                .build());
        IamServiceAccountSpec defaults = IamServiceAccountSpec.DEFAULT;
        created.setSpec(new IamServiceAccountSpec(
                defaults.serviceAccounts(),
                defaults.role(),
                defaults.externalRole(),
                defaults.policies(),
                defaults.token(),
                // Explicit, so that the role is deleted even if the CustomResourceDefinition is deleted meanwhile.
                DeletionPolicy.Delete,
                defaults.suspend(),
                defaults.delivery(),
                null));
        try {
            return new Observed(client.resource(created).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            return read().filter(this::isOfThisRun).orElseThrow(() -> e);
        }
    }

    /** Deletes the resource with this UID, but no later resource with the same name. */
    void delete(String uid) {
        DeleteOptions only = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        String path = "/apis/%s/%s/namespaces/%s/%s/%s"
                .formatted(IamServiceAccount.GROUP, IamServiceAccount.VERSION, namespace, PLURAL, name);
        try {
            client.raw(path, "DELETE", only);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    /** Returns whether the check has permission to read the ServiceAccount. */
    boolean mayReadServiceAccount() {
        return new RequiredPermission("get", "", "serviceaccounts", name).isGranted(client, namespace);
    }

    /** Returns whether the ServiceAccount exists and is owned by the resource with this UID. */
    boolean hasServiceAccount(String uid) {
        ServiceAccount account =
                client.serviceAccounts().inNamespace(namespace).withName(name).get();
        return account != null
                && account.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid));
    }

    @Override
    public String toString() {
        return "IamServiceAccount " + namespace + "/" + name;
    }

    /** A resource as the check read it. */
    record Observed(IamServiceAccount resource) {
        String uid() {
            return resource.getMetadata().getUid();
        }

        /** Returns the label of the check; empty if no check created the resource. */
        Optional<String> run() {
            return Optional.ofNullable(resource.getMetadata().getLabels()).map(labels -> labels.get(LABEL));
        }

        /** Returns whether an operator reported the current generation as Ready. */
        boolean isReady() {
            return ready().filter(ready -> ready.status().equals("True")).isPresent();
        }

        /** Returns the Ready condition of the current generation; empty: no operator has reported it yet. */
        Optional<Condition> ready() {
            long generation = resource.getMetadata().getGeneration();
            return resource.ready()
                    .filter(condition -> condition.observedGeneration() == generation
                            && status().observedGeneration() == generation);
        }

        IamServiceAccountStatus status() {
            return Objects.requireNonNullElse(resource.getStatus(), IamServiceAccountStatus.UNSEEN);
        }

        /** Returns reason and message of the Ready condition in one line. */
        Optional<String> state() {
            return ready().map(ready -> ready.reason() + ": " + ready.message());
        }
    }
}
