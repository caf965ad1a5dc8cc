package dev.irsa.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalizerStateTest {
    @ParameterizedTest
    @CsvSource({
        "UNCONFIRMED, false, false",
        "ADDED,       true,  true",
        "USED,        false, true",
        "REMOVED,     false, false"
    })
    void protectsOnlyTheChangesThatTheKnownFinalizerCovers(
            FinalizerState state, boolean creation, boolean otherChange) {
        assertThat(state.protects(true)).isEqualTo(creation);
        assertThat(state.protects(false)).isEqualTo(otherChange);
    }
}
