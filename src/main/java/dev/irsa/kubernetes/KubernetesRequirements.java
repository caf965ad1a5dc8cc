package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.NamespacedName;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;

/** Checks what the operator needs in the cluster before it starts, and names everything that is missing. */
public record KubernetesRequirements(KubernetesClient client) {
    /** Needed in each watched namespace. */
    private static final List<RequiredPermission> NAMESPACE_PERMISSIONS = List.of(
            new RequiredPermission("get", IamServiceAccount.GROUP, "iamserviceaccounts"),
            new RequiredPermission("list", IamServiceAccount.GROUP, "iamserviceaccounts"),
            new RequiredPermission("watch", IamServiceAccount.GROUP, "iamserviceaccounts"),
            new RequiredPermission("patch", IamServiceAccount.GROUP, "iamserviceaccounts"),
            new RequiredPermission("patch", IamServiceAccount.GROUP, "iamserviceaccounts/status"),
            new RequiredPermission("list", "", "serviceaccounts"),
            new RequiredPermission("watch", "", "serviceaccounts"),
            new RequiredPermission("create", "", "serviceaccounts"),
            new RequiredPermission("patch", "", "serviceaccounts"),
            new RequiredPermission("create", "events.k8s.io", "events"),
            new RequiredPermission("patch", "events.k8s.io", "events"));

    /** Needed in the whole cluster, whichever namespaces are watched. */
    private static final List<RequiredPermission> CLUSTER_PERMISSIONS = List.of(
            new RequiredPermission("list", "", "namespaces"),
            new RequiredPermission("watch", "", "namespaces"),
            new RequiredPermission("list", IamServiceAccount.GROUP, "iamentitlements"),
            new RequiredPermission("watch", IamServiceAccount.GROUP, "iamentitlements"),
            new RequiredPermission("list", IamServiceAccount.GROUP, "iampolicytemplates"),
            new RequiredPermission("watch", IamServiceAccount.GROUP, "iampolicytemplates"),
            new RequiredPermission("list", IamServiceAccount.GROUP, "iamaccounts"),
            new RequiredPermission("watch", IamServiceAccount.GROUP, "iamaccounts"),
            new RequiredPermission("patch", IamServiceAccount.GROUP, "iamaccounts/status"));

    /** Needed only by an instance that watches all namespaces: no other can count the resources that use these. */
    private static final List<RequiredPermission> STATUS_PERMISSIONS = List.of(
            new RequiredPermission("patch", IamServiceAccount.GROUP, "iamentitlements/status"),
            new RequiredPermission("patch", IamServiceAccount.GROUP, "iampolicytemplates/status"));

    private static final int CONCURRENT_CHECKS = 16;

    private static final String LEASES = "coordination.k8s.io";

    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    /**
     * Returns whether the API server is ready. One that has just started responds before it serves custom resources, so
     * that the CustomResourceDefinitions would seem to be missing.
     */
    public boolean isReady() {
        try {
            client.raw("/readyz");
            return true;
        } catch (KubernetesClientException e) {
            // The API server responds, although the operator is not allowed to read this path.
            return e.getCode() == 401 || e.getCode() == 403;
        }
    }

    /**
     * Returns the problems, one sentence each.
     *
     * @param namespaces the watched namespaces; empty for all
     * @param lease the lease of the leader; empty without leader election
     * @throws KubernetesClientException when the API server returns no usable response
     */
    public List<String> problems(Set<String> namespaces, Optional<NamespacedName> lease) {
        List<String> problems = new ArrayList<>();
        var resources = client.resources(IamServiceAccount.class);
        var watched = namespaces.isEmpty()
                ? resources.inAnyNamespace()
                : resources.inNamespace(namespaces.iterator().next());
        requireServed("iamserviceaccounts.irsa.dev", watched, problems);
        requireServed("iamentitlements.irsa.dev", client.resources(IamEntitlement.class), problems);
        requireServed("iampolicytemplates.irsa.dev", client.resources(IamPolicyTemplate.class), problems);
        requireServed("iamaccounts.irsa.dev", client.resources(IamAccount.class), problems);
        List<String> missing = missingPermissions(namespaces, lease);
        if (!missing.isEmpty()) {
            problems.add("the operator's ServiceAccount is missing permissions: " + String.join(", ", missing) + "; "
                    + remedy(namespaces));
        }
        return problems;
    }

    /**
     * Returns the command that grants the permissions, as the end of a sentence.
     *
     * @param namespaces the watched namespaces; empty for all
     */
    public static String remedy(Set<String> namespaces) {
        return "run: kubectl apply -f deploy/" + (namespaces.isEmpty() ? "rbac.yaml" : "rbac-namespaces.yaml");
    }

    /** The permission to create leases is not limited to a name, because the API server does not support that. */
    private static List<RequiredPermission> leasePermissions(String name) {
        return List.of(
                new RequiredPermission("create", LEASES, "leases"),
                new RequiredPermission("get", LEASES, "leases", name),
                new RequiredPermission("patch", LEASES, "leases", name));
    }

    private List<String> missingPermissions(Set<String> namespaces, Optional<NamespacedName> lease) {
        List<ScopedPermission> required = new ArrayList<>();
        required.addAll(scoped(CLUSTER_PERMISSIONS, ""));
        if (namespaces.isEmpty()) {
            required.addAll(scoped(STATUS_PERMISSIONS, ""));
        }
        for (String namespace : namespaces.isEmpty() ? Set.of("") : namespaces) {
            required.addAll(scoped(NAMESPACE_PERMISSIONS, namespace));
        }
        lease.ifPresent(name -> required.addAll(scoped(leasePermissions(name.name()), name.namespace())));
        // Sent one after the other, these requests would delay the start noticeably.
        return required.stream()
                .gather(Gatherers.mapConcurrent(CONCURRENT_CHECKS, this::problem))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> problem(ScopedPermission required) {
        return required.permission().isGranted(client, required.namespace())
                ? Optional.empty()
                : Optional.of(required.toString());
    }

    /** @param namespace empty for all namespaces */
    private record ScopedPermission(RequiredPermission permission, String namespace) {
        @Override
        public String toString() {
            return permission + (namespace.isEmpty() ? "" : " in namespace " + namespace);
        }
    }

    private static List<ScopedPermission> scoped(List<RequiredPermission> permissions, String namespace) {
        return permissions.stream()
                .map(permission -> new ScopedPermission(permission, namespace))
                .toList();
    }

    /** Returns the sentence that reports a missing CustomResourceDefinition. */
    public static String notInstalled(String definition) {
        return "the CustomResourceDefinition " + definition + " is not installed; run: kubectl apply --server-side -f"
                + " crds/";
    }

    private static void requireServed(String definition, Listable<?> resources, List<String> problems) {
        try {
            resources.list(ONE);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                problems.add(notInstalled(definition));
            } else if (e.getCode() != 403) {
                // If the list is denied, the definition may exist. A missing permission is reported for that.
                throw e;
            }
        }
    }
}
