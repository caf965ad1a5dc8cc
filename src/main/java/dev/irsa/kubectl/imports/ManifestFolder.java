package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.core.collection.Sorted;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of an import, for a GitOps repository: one file for each object, and a kustomization for each folder. So namespaces
 * can be moved one after the other.
 *
 * @param files texts by path, relative and with slashes
 */
public record ManifestFolder(SortedMap<String, String> files) {
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final String ENTITLEMENTS = "entitlements";
    private static final String NAMESPACES = "namespaces/";
    private static final String ENTITLEMENT_COMMENT = """
            # Allows what the imported roles of the namespace have. Review it: it restricts the actions of inline policies,
            # and not their resources. Users who may edit IamServiceAccounts there can name other resources.
            """;

    public ManifestFolder {
        files = Sorted.copyOf(files);
    }

    /** Returns the files of a plan. */
    public static ManifestFolder of(ImportPlan plan) {
        TreeMap<String, String> files = new TreeMap<>();
        TreeSet<String> folders = new TreeSet<>();
        if (!plan.entitlements().isEmpty()) {
            folders.add(ENTITLEMENTS);
        }
        for (IamEntitlement entitlement : plan.entitlements()) {
            files.put(
                    ENTITLEMENTS + "/iamentitlement-"
                            + entitlement.getMetadata().getName() + ".yaml",
                    ENTITLEMENT_COMMENT + ManifestYaml.of(entitlement));
        }
        for (ImportedAccount account : plan.accounts()) {
            account.resource().ifPresent(resource -> {
                String folder = NAMESPACES + resource.getMetadata().getNamespace();
                folders.add(folder);
                files.put(
                        folder + "/iamserviceaccount-" + resource.getMetadata().getName() + ".yaml",
                        comment(account) + ManifestYaml.of(resource));
            });
        }
        for (String folder : folders) {
            List<String> names = files.keySet().stream()
                    .filter(path -> path.startsWith(folder + "/"))
                    .map(path -> path.substring(folder.length() + 1))
                    .toList();
            files.put(folder + "/" + KUSTOMIZATION, kustomization(names));
        }
        files.put(KUSTOMIZATION, kustomization(List.copyOf(folders)));
        files.put("HANDOVER.md", HandOverGuide.of(plan.accounts()));
        return new ManifestFolder(files);
    }

    private static String comment(ImportedAccount account) {
        return account.adoptsRole()
                ? "# Offer the role before you resume this: kubectl irsa import --namespace "
                        + account.key().namespace() + " --offer " + account.offerName() + "\n"
                : "# From " + account.maker().evidence().getFirst() + " of the file of eksctl.\n";
    }

    private static String kustomization(List<String> resources) {
        return "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:"
                + (resources.isEmpty() ? " []\n" : "\n")
                + resources.stream()
                        .map(name -> "- " + ManifestYaml.text(name) + "\n")
                        .collect(Collectors.joining());
    }
}
