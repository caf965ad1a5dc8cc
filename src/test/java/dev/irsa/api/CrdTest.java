package dev.irsa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the committed definitions, which users install, match the records. */
class CrdTest {
    private static final String WAY_OUT = "crds/ differs from what the records make: run 'make crds' and commit it";
    private static final Path COMMITTED = Path.of("crds");
    private static final Path GENERATED = Path.of(System.getProperty("generated.crds", "target/crds"));

    @Test
    void committedDefinitionsMatchTheBuild() {
        assertThat(contents(COMMITTED, ".yaml")).as(WAY_OUT).isEqualTo(contents(GENERATED, "-v1.yml"));
    }

    @Test
    void buildGeneratesDefinitionsFromCurrentRecords(@TempDir Path fresh) throws IOException {
        CrdFiles.main(new String[] {fresh.toString()});

        assertThat(contents(GENERATED, "-v1.yml")).isNotEmpty().isEqualTo(contents(fresh, "-v1.yml"));
    }

    /** Returns the definitions by name, which is also the name of their file. */
    private static Map<String, String> contents(Path folder, String ending) {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                assertThat(name).endsWith(ending);
                contents.put(name.substring(0, name.length() - ending.length()), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
        return contents;
    }
}
