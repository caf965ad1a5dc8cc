package dev.irsa.cli.check;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.kubernetes.RequiredPermission;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The object that one run of the check makes and takes away again, on the API server.
 *
 * @param run tells it from what others made, and earlier runs: the value of the label
 */
public record CheckResource(KubernetesClient client, String namespace, String name, String run) {
    /** On what a check has made, and on nothing else. */
    static final String LABEL = "irsa.dev/check";

    private static final String PLURAL = "iamserviceaccounts";

    /** What is missing of the rights without which nothing is begun. */
    List<String> missingRights() {
        return Stream.of(
                        new RequiredPermission("get", IamServiceAccount.GROUP, PLURAL, name),
                        new RequiredPermission("create", IamServiceAccount.GROUP, PLURAL),
                        new RequiredPermission("delete", IamServiceAccount.GROUP, PLURAL, name))
                .filter(right -> !right.isGranted(client, namespace))
                .map(RequiredPermission::toString)
                .toList();
    }

    /** Whatever has the name now. */
    Optional<ObservedResource> look() {
        return Optional.ofNullable(client.resources(IamServiceAccount.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(ObservedResource::new);
    }

    boolean isOfThisRun(ObservedResource seen) {
        return seen.run().equals(Optional.of(run));
    }

    /** Makes it; where an earlier try has, whose answer was lost, that is the one. */
    ObservedResource create() {
        IamServiceAccount made = new IamServiceAccount();
        made.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(LABEL, run)
                .build());
        IamServiceAccountSpec nothing = IamServiceAccountSpec.DEFAULT;
        made.setSpec(new IamServiceAccountSpec(
                nothing.serviceAccount(),
                nothing.role(),
                nothing.policies(),
                nothing.token(),
                // Said, so that the role goes even where the definition is deleted meanwhile.
                DeletionPolicy.Delete,
                nothing.suspend()));
        try {
            return new ObservedResource(client.resource(made).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            return look().filter(this::isOfThisRun).orElseThrow(() -> e);
        }
    }

    /** Deletes that very object, and no other that has taken its name. */
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

    /** Whether its ServiceAccount can be looked for. */
    boolean mayReadServiceAccount() {
        return new RequiredPermission("get", "", "serviceaccounts", name).isGranted(client, namespace);
    }

    /** Whether the ServiceAccount is there that the operator made for the object of that UID. */
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
}
