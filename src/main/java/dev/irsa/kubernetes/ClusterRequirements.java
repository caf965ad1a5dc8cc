package dev.irsa.kubernetes;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.port.LeaseName;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be there in the cluster before the operator can work; each thing that lacks is named. */
public final class ClusterRequirements {
    /** In each watched namespace. */
    private static final List<RequiredPermission> RIGHTS = List.of(
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

    /** In the whole cluster, whatever is watched. */
    private static final List<RequiredPermission> CLUSTER_RIGHTS = List.of(
            new RequiredPermission("list", "", "namespaces"),
            new RequiredPermission("watch", "", "namespaces"),
            new RequiredPermission("list", IamServiceAccount.GROUP, "iamentitlements"),
            new RequiredPermission("watch", IamServiceAccount.GROUP, "iamentitlements"));

    /** Only who sees the whole cluster says how many an entitlement serves. */
    private static final RequiredPermission STATUS_OF_ENTITLEMENTS =
            new RequiredPermission("patch", IamServiceAccount.GROUP, "iamentitlements/status");

    private static final String LEASES = "coordination.k8s.io";

    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();

    private final KubernetesClient client;

    /** Checks the cluster that this client reaches. */
    public ClusterRequirements(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Whether the API server is ready: one that has just started answers before it serves custom resources, and would
     * make us believe that the definition is missing.
     */
    public boolean answers() {
        try {
            client.raw("/readyz");
            return true;
        } catch (KubernetesClientException e) {
            // An answer that we may not ask is an answer.
            return e.getCode() == 401 || e.getCode() == 403;
        }
    }

    /**
     * What lacks, a sentence each.
     *
     * @param namespaces the watched ones; empty: all
     * @param lease that the replica holds which works; empty: there is only one
     * @throws KubernetesClientException when the API server does not answer
     */
    public List<String> problems(Set<String> namespaces, Optional<LeaseName> lease) {
        List<String> problems = new ArrayList<>();
        var entitlements = client.resources(IamEntitlement.class);
        if (!isServed(() -> list(namespaces))) {
            problems.add(notInstalled("iamserviceaccounts.irsa.dev"));
        }
        if (!isServed(() -> entitlements.list(ONE))) {
            problems.add(notInstalled("iamentitlements.irsa.dev"));
        }
        List<String> missing = new ArrayList<>();
        missing.addAll(missing(CLUSTER_RIGHTS, ""));
        if (namespaces.isEmpty()) {
            missing.addAll(missing(List.of(STATUS_OF_ENTITLEMENTS), ""));
        }
        for (String namespace : namespaces.isEmpty() ? Set.of("") : namespaces) {
            missing.addAll(missing(RIGHTS, namespace));
        }
        lease.ifPresent(ours -> missing.addAll(missing(rightsToLease(ours.name()), ours.namespace())));
        if (!missing.isEmpty()) {
            problems.add("the operator's ServiceAccount lacks rights: " + String.join(", ", missing) + "; "
                    + remedy(namespaces));
        }
        return problems;
    }

    /**
     * What gives the rights that the operator needs, as the end of a sentence.
     *
     * @param namespaces the watched ones; empty: all
     */
    public static String remedy(Set<String> namespaces) {
        return "run: kubectl apply -f deploy/" + (namespaces.isEmpty() ? "rbac.yaml" : "rbac-namespaces.yaml");
    }

    /** That which makes it is not limited to a name: the API server cannot do that. */
    private static List<RequiredPermission> rightsToLease(String name) {
        return List.of(
                new RequiredPermission("create", LEASES, "leases"),
                new RequiredPermission("get", LEASES, "leases", name),
                new RequiredPermission("patch", LEASES, "leases", name));
    }

    private List<String> missing(List<RequiredPermission> rights, String namespace) {
        return rights.stream()
                .filter(right -> !right.isGiven(client, namespace))
                .map(right -> right + (namespace.isEmpty() ? "" : " in namespace " + namespace))
                .toList();
    }

    /** The sentence on a definition that is missing. */
    public static String notInstalled(String definition) {
        return "the CustomResourceDefinition " + definition + " is not installed; run: kubectl apply --server-side -f"
                + " crds/";
    }

    private void list(Set<String> namespaces) {
        var resources = client.resources(IamServiceAccount.class);
        var somewhere = namespaces.isEmpty()
                ? resources.inAnyNamespace()
                : resources.inNamespace(namespaces.iterator().next());
        somewhere.list(ONE);
    }

    private static boolean isServed(Runnable list) {
        try {
            list.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return false;
            }
            if (e.getCode() == 403) {
                // It may be there; that we may not look is told as a missing right.
                return true;
            }
            throw e;
        }
    }
}
