package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EksErrorMessagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Association already exists: a-kyevsbqhrnchy79jw",
                "Association already exists: a-kyevsbqhrnchy79jw.",
                "Association already exists: a-kyevsbqhrnchy79jw (Service: Eks)"
            })
    void readsIdOfExistingAssociation(String message) {
        assertThat(EksErrorMessages.existingAssociation(message)).contains("a-kyevsbqhrnchy79jw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Association already exists for service account a-b in namespace a-c.",
                "The cluster a-b is being updated"
            })
    void readsNoIdFromAnotherMessage(String message) {
        assertThat(EksErrorMessages.existingAssociation(message)).isEmpty();
    }

    @Test
    void readsNameOfMissingCluster() {
        assertThat(EksErrorMessages.missingCluster("No cluster found for name: My_prod-1."))
                .contains("My_prod-1");
        assertThat(EksErrorMessages.missingCluster("No cluster found for name: prod"))
                .contains("prod");
        assertThat(EksErrorMessages.missingCluster("No pod identity association found for ID: a-1."))
                .isEmpty();
    }
}
