package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the English of Java and YAML files is found, with its place. */
class ProseSourcesTest {
    @TempDir
    private Path folder;

    @Test
    void joinsConcatenatedStrings() throws IOException {
        Path file = write("A.java", """
                class A {
                    String a(String role) {
                        return "the role " + role + (" is not"
                                + " found");
                    }
                    String b = "not_a_sentence";
                    String[] c = {"first of two messages", "second of two messages"};
                }
                """);

        assertThat(JavaMessages.of(List.of(file)))
                .extracting(Passage::text)
                .containsExactly("the role X is not found", "first of two messages", "second of two messages");
        assertThat(JavaMessages.of(List.of(file)).getFirst().where()).endsWith("A.java:3");
    }

    @Test
    void readsCommentsButNotStrings() throws IOException {
        Path file = write("A.java", """
                /**
                 * Reads {@code x} of {@link Other#y(int) the other}.
                 *
                 * @param a the first of two
                 */
                class A {
                    String url = "http://in.a.string/of one two";
                    // One comment on
                    // two lines.
                    int b;
                }
                """);

        assertThat(JavaComments.of(file))
                .containsExactly(
                        new Passage(file + ":1", "Reads `code` of the other."),
                        new Passage(file + ":1", "the first of two"),
                        new Passage(file + ":8", "One comment on two lines."));
    }

    @Test
    void readsDescriptionsAndCommentsOfYaml() throws IOException {
        Path file = write("a.yaml", """
                # -- (int) Calls to AWS
                # at once.
                spec:
                  properties:
                    description:
                      description: Description of the role.
                """);

        assertThat(YamlProse.comments(file)).containsExactly(new Passage(file + ":1", "Calls to AWS at once."));
        assertThat(YamlProse.texts(file))
                .containsExactly(new Passage(file + " spec properties description", "Description of the role."));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
