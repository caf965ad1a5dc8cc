package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.Separators;
import dev.irsa.core.policy.PolicyDocument;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {
    private static final PolicyDocument DOCUMENT =
            PolicyDocument.parse("{\"Id\":\"x\",\"Statement\":[{\"Sid\":\"a\"}]}");

    @Test
    void indentsObjectsAndLists() {
        assertThat(PrettyJson.of(DOCUMENT)).isEqualTo("""
                {
                  "Id": "x",
                  "Statement": [
                    {
                      "Sid": "a"
                    }
                  ]
                }""");
    }

    @Test
    void spacesColonsAsRequested() {
        assertThat(PrettyJson.of(DOCUMENT, Separators.Spacing.BOTH)).contains("\"Id\" : \"x\"");
    }

    @Test
    void readsDocumentAsTree() {
        assertThat(DOCUMENT.json()).hasToString(DOCUMENT.text());
    }
}
