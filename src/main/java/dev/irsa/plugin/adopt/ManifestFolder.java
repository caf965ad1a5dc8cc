package dev.irsa.plugin.adopt;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.adoption.RoleImport.Importable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of an import, for a repository from which GitOps applies: one file for each object, and a kustomization for each
 * folder, so that namespaces can be moved one after the other.
 *
 * @param files texts by path, relative and with slashes
 */
public record ManifestFolder(SortedMap<String, String> files) {
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final String ENTITLEMENTS = "entitlements";
    private static final String NAMESPACES = "namespaces/";

    public ManifestFolder {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
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
                    Serialization.asYaml(entitlement));
        }
        for (ImportedAccount account : plan.accounts()) {
            account.resource().ifPresent(resource -> {
                String folder = NAMESPACES + resource.getMetadata().getNamespace();
                folders.add(folder);
                files.put(
                        folder + "/iamserviceaccount-" + resource.getMetadata().getName() + ".yaml",
                        text(account, resource));
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
        files.put(
                "HANDOVER.md",
                HandOverGuide.of(plan.accounts().stream()
                        .filter(account -> account.resource().isPresent())
                        .map(ManifestFolder::handedOver)
                        .toList()));
        return new ManifestFolder(files);
    }

    private static String text(ImportedAccount account, IamServiceAccount resource) {
        if (!(account.result() instanceof Importable)) {
            return Serialization.asYaml(resource);
        }
        return "# Offer the role before you apply this: kubectl irsa import --namespace "
                + resource.getMetadata().getNamespace() + " --offer " + account.roleName() + "\n"
                + Serialization.asYaml(resource);
    }

    private static String kustomization(List<String> resources) {
        return "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:"
                + (resources.isEmpty() ? " []\n" : "\n")
                + resources.stream().map(name -> "- " + name + "\n").collect(Collectors.joining());
    }

    private static HandedOverRole handedOver(ImportedAccount account) {
        var role = account.role().orElseThrow();
        return new HandedOverRole(
                account.candidate().account().namespace(),
                account.candidate().account().name(),
                account.candidate().account().name(),
                role.role().name(),
                role.role().path(),
                role.role().arn(),
                account.maker(),
                role.role().tags(),
                List.copyOf(role.managed()),
                List.copyOf(role.inline().keySet()),
                account.candidate().addresses());
    }
}
