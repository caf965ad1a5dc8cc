package dev.irsa.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are what the command writes, and the docs list what the code lists. */
class IamFilesTest {
    static Stream<Map.Entry<Path, String>> files() {
        return IamFiles.contents().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsAsItIsMadeToday(Map.Entry<Path, String> file) throws IOException {
        assertThat(Files.readString(file.getKey()))
                .as(file.getKey() + " differs: run 'make iam' and commit it")
                .isEqualTo(file.getValue());
    }
}
