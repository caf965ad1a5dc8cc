package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecChangeIT extends OperatorTestBase {
    @ParameterizedTest
    @MethodSource("dev.irsa.integration.e2e.SpecChange#all")
    void specChangeMakesOnlyExpectedCallsAndChanges(SpecChange change) {
        Subject subject = Subject.in(env);
        subject.apply(SpecChange.SPEC).awaitReady();
        VisibleState before = VisibleState.of(subject);
        env.proxy().calls().clear();
        assertThat(change.after()).isNotEqualTo(SpecChange.SPEC);

        subject.apply(change.after()).awaitReady();
        assertThat(subject.calls()).isEqualTo(change.calls());
        List<String> changes = before.changesTo(VisibleState.of(subject));
        assertThat(changes).hasSameSizeAs(change.outcome());
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i)).matches(pattern(change.outcome().get(i)));
        }
        assertThat(subject.field(
                        "iamsa/invoices",
                        "{.metadata.generation} {.status.observedGeneration} {.status.conditions[*].type}"))
                .isEqualTo("2 2 Ready Available");
        subject.delete();
    }

    private static String pattern(String glob) {
        return "\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E";
    }
}
