package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.reconcile.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CachedRoleStateTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(1000);
    private static final RoleChange ATTACH = new RoleChange.AttachRolePolicy(Examples.NAME, "arn:p");
    private static final RoleChange DELETE = new RoleChange.DeleteRole(Examples.NAME);

    private final CachedRoleState memory = new CachedRoleState(WINDOW, START);

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(memory.state()).isEmpty();
        assertThat(memory.policies("AROA1")).isEmpty();
        assertThat(memory.doubt().deleted()).isFalse();
        assertThat(memory.doubt().metAnother()).isFalse();
        assertThat(memory.doubt().settling(START)).isFalse();
    }

    @Test
    void whatWasWrittenIsKnown() {
        memory.created(Examples.role(), "AROA1", LATER);
        memory.wrote(ATTACH, LATER, LATER);

        assertThat(memory.state().orElseThrow().role())
                .isEqualTo(ChangeEffect.created(Examples.role(), "AROA1").role());
        assertThat(memory.policies("AROA1")).contains(ObservedPolicies.of(Set.of("arn:p"), Map.of()));
    }

    @Test
    void policiesOfAnotherRoleOfThatNameAreNotTaken() {
        memory.created(Examples.role(), "AROA1", LATER);

        assertThat(memory.policies("AROA2")).isEmpty();
    }

    @Test
    void aWriteSettlesForTheWindow() {
        memory.created(Examples.role(), "AROA1", LATER);

        assertThat(memory.doubt().settling(LATER.plusMillis(59_999))).isTrue();
        assertThat(memory.doubt().settling(LATER.plus(WINDOW))).isFalse();
        memory.wrote(ATTACH, LATER.plusSeconds(30), LATER.plusSeconds(30));
        assertThat(memory.doubt().settling(LATER.plusSeconds(89))).isTrue();
        memory.doubt().mayHaveWritten(LATER.plusSeconds(60));
        assertThat(memory.doubt().settling(LATER.plusSeconds(119))).isTrue();
        assertThat(memory.doubt().settling(LATER.plusSeconds(120))).isFalse();
    }

    @Test
    void readingIsNotWriting() {
        memory.saw(ChangeEffect.created(Examples.role(), "AROA1"), LATER);

        assertThat(memory.doubt().settling(START)).isFalse();
        assertThat(memory.state()).contains(ChangeEffect.created(Examples.role(), "AROA1"));
    }

    @Test
    void oneAbsenceProvesNothing() {
        assertThat(memory.doubt().absent(LATER)).isEqualTo(WINDOW);
        assertThat(memory.doubt().absent(LATER.plusSeconds(45))).isEqualTo(Duration.ofSeconds(15));
        assertThat(memory.doubt().absent(LATER.plusSeconds(60))).isZero();
    }

    @Test
    void theWindowCountsFromTheStartOfTheProcess() {
        assertThat(memory.doubt().absent(START.minusSeconds(30))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void theWindowCountsFromOurLastWrite() {
        memory.doubt().absent(LATER);
        memory.doubt().mayHaveWritten(LATER.plusSeconds(50));

        assertThat(memory.doubt().absent(LATER.plusSeconds(60))).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aRoleThatShowedUpAgainIsAbsentAnew() {
        memory.doubt().absent(LATER);
        memory.saw(ChangeEffect.created(Examples.role(), "AROA1"), LATER);

        assertThat(memory.doubt().absent(LATER.plusSeconds(600))).isEqualTo(WINDOW);
    }

    @Test
    void aRoleThatWasPresentMeanwhileIsAbsentAnew() {
        memory.doubt().absent(LATER);
        memory.doubt().present();

        assertThat(memory.doubt().absent(LATER.plusSeconds(600))).isEqualTo(WINDOW);
    }

    @Test
    void ourOwnDeletionIsProof() {
        memory.created(Examples.role(), "AROA1", LATER);
        memory.wrote(DELETE, LATER, LATER);

        assertThat(memory.doubt().deleted()).isTrue();
        assertThat(memory.state()).isEmpty();
        assertThat(memory.doubt().absent(LATER)).isZero();
    }

    @Test
    void aRoleThatWasMadeAgainIsNotDeleted() {
        memory.wrote(DELETE, LATER, LATER);
        memory.created(Examples.role(), "AROA2", LATER);

        assertThat(memory.doubt().deleted()).isFalse();
        assertThat(memory.doubt().absent(LATER)).isEqualTo(WINDOW);
    }

    @Test
    void aNameThatIsTakenIsTakenSinceTheFirstTime() {
        assertThat(memory.doubt().exists(LATER)).isEqualTo(LATER);
        assertThat(memory.doubt().exists(LATER.plusSeconds(5))).isEqualTo(LATER);
        assertThat(memory.doubt().metAnother()).isTrue();

        memory.saw(ChangeEffect.created(Examples.role(), "AROA1"), LATER);

        assertThat(memory.doubt().metAnother()).isFalse();
        assertThat(memory.doubt().exists(LATER.plusSeconds(9))).isEqualTo(LATER.plusSeconds(9));
    }

    @Test
    void forgettingLeavesTheTimes() {
        memory.created(Examples.role(), "AROA1", LATER);
        memory.forget();

        assertThat(memory.state()).isEmpty();
        assertThat(memory.doubt().settling(LATER)).isTrue();
    }
}
