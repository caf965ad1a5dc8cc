package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.kubernetes.OperatorInfo;
import dev.irsa.port.OperatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    private static final OperatorSettings SETTINGS = new OperatorSettings(
            "1",
            new SimulatedOperator().identity(),
            Set.of("sts.amazonaws.com"),
            Set.of(),
            false,
            false,
            Documentation.HOME);

    @TempDir
    private Path folder;

    @Test
    void holdsWhatTheConfigMapHolds() throws IOException {
        Path file = folder.resolve("operator.json");

        new SettingsFile(file).write(SETTINGS);

        assertThat(OperatorInfo.read(Map.of("operator.json", Files.readString(file))))
                .contains(SETTINGS);
    }

    @Test
    void doesNotStopTheOperatorIfItCannotBeWritten() {
        Path file = folder.resolve("missing/operator.json");

        assertThatCode(() -> new SettingsFile(file).write(SETTINGS)).doesNotThrowAnyException();
        assertThat(file).doesNotExist();
    }
}
