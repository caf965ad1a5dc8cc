package dev.irsa.kubectl.imports;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport.Declared;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
                    ENTITLEMENT_COMMENT + ManifestYaml.of(entitlement));
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
                HandOverGuide.of(
                        plan.accounts().stream()
                                .flatMap(account -> handedOver(account).stream())
                                .toList(),
                        plan.accounts().stream()
                                .flatMap(account -> refused(account).stream())
                                .toList()));
        return new ManifestFolder(files);
    }

    private static String text(ImportedAccount account, IamServiceAccount resource) {
        return comment(account) + ManifestYaml.of(resource);
    }

    private static String comment(ImportedAccount account) {
        return switch (account.result()) {
            case Importable _ ->
                "# Offer the role before you resume this: kubectl irsa import --namespace "
                        + account.candidate().account().namespace() + " --offer " + account.roleName() + "\n";
            case Declared _ -> "# From " + account.maker().evidence().getFirst() + " of the file of eksctl.\n";
            case Refused _ -> "";
        };
    }

    private static String kustomization(List<String> resources) {
        return "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:"
                + (resources.isEmpty() ? " []\n" : "\n")
                + resources.stream()
                        .map(name -> "- " + BlockYaml.text(name) + "\n")
                        .collect(Collectors.joining());
    }

    /** Returns the role of a resource; empty without a role that a tool could hand over. */
    private static Optional<HandedOverRole> handedOver(ImportedAccount account) {
        return account.result() instanceof Importable
                ? account.role().map(role -> handedOver(account, role))
                : Optional.empty();
    }

    private static Optional<RefusedRole> refused(ImportedAccount account) {
        return account.result() instanceof Refused(String why, String instead)
                ? Optional.of(new RefusedRole(
                        account.candidate().account(), account.candidate().roleArn(), why, instead))
                : Optional.empty();
    }

    private static HandedOverRole handedOver(ImportedAccount account, LiveRole role) {
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
