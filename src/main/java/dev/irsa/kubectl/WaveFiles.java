package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.SuspendEdit;
import dev.irsa.kubectl.imports.WaveItem;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.runtime.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The manifests of a folder, and their files. */
final class WaveFiles {
    private final ManifestDirectory directory;
    private final String defaultNamespace;
    private final Map<AccountKey, IamServiceAccount> manifests = new TreeMap<>();

    WaveFiles(ManifestDirectory directory, String defaultNamespace) {
        this.directory = directory;
        this.defaultNamespace = defaultNamespace;
        directory.adopting().forEach(manifest -> manifests.put(AccountKey.of(manifest), manifest));
    }

    /** Returns the manifests as they are in the files now. */
    List<IamServiceAccount> manifests() {
        return List.copyOf(manifests.values());
    }

    /** Returns the namespace of the manifests; empty if they have several. */
    Optional<String> namespace() {
        return directory.namespace();
    }

    /**
     * Resumes these resources in their files.
     *
     * @throws StartFailure if a file cannot be edited safely, or written
     */
    void resume(List<WaveItem> items) throws StartFailure {
        write(edited(items));
        for (WaveItem item : items) {
            IamServiceAccount resumed = new IamServiceAccount();
            resumed.setMetadata(item.manifest().getMetadata());
            resumed.setSpec(item.manifest().getSpec().resumed());
            manifests.put(item.key(), resumed);
        }
    }

    /**
     * Suspends a resource in its file again, if it was suspended there.
     *
     * @param item as it was before its file was changed
     * @throws StartFailure if the file cannot be edited safely, or written
     */
    void suspendAgain(WaveItem item) throws StartFailure {
        if (!item.manifest().getSpec().suspend()) {
            return;
        }
        Path file = file(item);
        try {
            write(Map.of(file, edit(file).suspend(ManifestFiles.text(file), item.key())));
        } catch (InvalidFile e) {
            throw new StartFailure(StartFailure.CONFIGURATION, String.valueOf(e.getMessage()));
        }
        manifests.put(item.key(), item.manifest());
    }

    /**
     * Returns the texts of the files with these resources resumed, without a write.
     *
     * @throws StartFailure if one cannot be edited safely
     */
    Map<Path, String> edited(List<WaveItem> items) throws StartFailure {
        Map<Path, String> texts = new TreeMap<>();
        try {
            for (WaveItem item : items) {
                if (item.manifest().getSpec().suspend()) {
                    Path file = file(item);
                    String text = texts.containsKey(file) ? texts.get(file) : ManifestFiles.text(file);
                    texts.put(file, edit(file).resume(Objects.requireNonNull(text), item.key()));
                }
            }
        } catch (InvalidFile e) {
            throw new StartFailure(StartFailure.CONFIGURATION, e.getMessage() + "; no file of this group is changed");
        }
        return texts;
    }

    private SuspendEdit edit(Path file) {
        return new SuspendEdit(file.toString(), defaultNamespace);
    }

    /** Returns the file of a resource. */
    Path file(WaveItem item) {
        return Objects.requireNonNull(directory.files().get(item.key()));
    }

    /** Each file has its old text or its new one, also if the process ends meanwhile. */
    private static void write(Map<Path, String> texts) throws StartFailure {
        for (Map.Entry<Path, String> file : texts.entrySet()) {
            try {
                // A link stays a link.
                replace(file.getKey().toRealPath(), file.getValue());
            } catch (IOException e) {
                throw new StartFailure(
                        StartFailure.ENVIRONMENT,
                        "the file " + file.getKey() + " cannot be written: " + e + "; make it writable, and run the"
                                + " command again to go on");
            }
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path next = target.resolveSibling(target.getFileName() + ".irsa-new");
        try {
            Files.copy(target, next, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            Files.write(next, text.getBytes(StandardCharsets.UTF_8));
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
