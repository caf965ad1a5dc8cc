package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.ManifestParser;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.runtime.StartFailure;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The manifests in a folder and the folders inside of it.
 *
 * @param adopting the resources that adopt roles
 * @param files in which they are
 */
record ManifestDirectory(Manifests manifests, List<IamServiceAccount> adopting, Map<AccountKey, Path> files) {
    /**
     * Reads the folder.
     *
     * @param flag that names it, for messages
     * @param defaultNamespace of manifests without one
     * @throws StartFailure if it cannot be read, or has a manifest that is not valid
     */
    static ManifestDirectory read(String flag, Path folder, String defaultNamespace) throws StartFailure {
        if (!Files.isDirectory(folder)) {
            throw invalid(flag + " " + folder + " is not a folder; name the folder with the manifests");
        }
        ManifestParser parser = new ManifestParser(defaultNamespace);
        try {
            ManifestFiles.read(List.of(folder.toString()), true, InputStream.nullInputStream(), parser);
        } catch (InvalidFile e) {
            throw invalid(flag + ": " + e.getMessage());
        }
        Manifests manifests = parser.manifests();
        List<IamServiceAccount> adopting =
                manifests.resources().stream().filter(GivenRoles::adopts).toList();
        if (adopting.isEmpty()) {
            throw invalid(flag + " " + folder + " has no IamServiceAccount with role.name and role.adoption: IfOffered;"
                    + " name the folder that kubectl irsa import wrote");
        }
        Map<AccountKey, Path> files = new TreeMap<>();
        Map<String, String> byKey = parser.files();
        adopting.stream()
                .map(AccountKey::of)
                .forEach(key ->
                        files.put(key, Path.of(Objects.requireNonNull(byKey.get(key.namespace() + "/" + key.name())))));
        return new ManifestDirectory(manifests, adopting, files);
    }

    private static StartFailure invalid(String problem) {
        return new StartFailure(StartFailure.CONFIGURATION, problem);
    }

    /** Returns the namespace of the resources; empty if they have several. */
    Optional<String> namespace() {
        List<String> namespaces = adopting.stream()
                .map(resource -> resource.getMetadata().getNamespace())
                .distinct()
                .toList();
        return namespaces.size() == 1 ? Optional.of(namespaces.getFirst()) : Optional.empty();
    }
}
