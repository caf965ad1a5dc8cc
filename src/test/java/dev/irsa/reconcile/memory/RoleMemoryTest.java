package dev.irsa.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.reconcile.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleMemoryTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(600);
    private static final RoleChange ATTACH = new RoleChange.AttachRolePolicy(Examples.NAME, "arn:p");
    private static final RoleChange DELETE = new RoleChange.DeleteRole(Examples.NAME);
    private static final RoleState CREATED = ChangeEffect.created(Examples.role(), "AROA1");

    private final RoleMemory state = new RoleMemory(WriteHistory.of(new WritingProcess(WINDOW, START, START)));

    @Test
    void startsEmpty() {
        assertThat(state.known().role()).isEmpty();
        assertThat(state.known().policies("AROA1")).isEmpty();
        assertThat(state.awaitsSweep()).isTrue();
        assertThat(state.nextRead(LATER)).isEmpty();
    }

    @Test
    void writesUpdateTheRole() {
        state.created(CREATED, LATER);
        state.written(ATTACH, LATER, LATER);

        assertThat(state.known().role().orElseThrow().role()).isEqualTo(CREATED.role());
        assertThat(state.known().policies("AROA1")).contains(ObservedPolicies.of(Set.of("arn:p"), Map.of()));
    }

    @Test
    void policiesOfAnotherRoleOfThatNameAreUnknown() {
        state.created(CREATED, LATER);

        assertThat(state.known().policies("AROA2")).isEmpty();
    }

    @Test
    void eachWriteStartsAWindow() {
        state.created(CREATED, LATER);
        assertThat(state.untrustedFor(Answer.REFUSAL, LATER)).isEqualTo(WINDOW);

        state.written(ATTACH, LATER, LATER.plusSeconds(30));
        assertThat(state.trusts(Answer.REFUSAL, LATER.plusSeconds(89))).isFalse();
        assertThat(state.trusts(Answer.REFUSAL, LATER.plusSeconds(90))).isTrue();
    }

    @Test
    void readsStartNoWindow() {
        state.seen(CREATED, LATER);

        assertThat(state.trusts(Answer.REFUSAL, LATER)).isTrue();
        assertThat(state.known().role()).contains(CREATED);
        assertThat(state.awaitsSweep()).isFalse();
    }

    @Test
    void readEndsAnAbsence() {
        state.record(before -> before.absent(LATER).nameTaken(LATER));
        state.seen(CREATED, LATER);

        assertThat(state.history().absentSince()).isEmpty();
        assertThat(state.history().isNameTaken()).isFalse();
    }

    @Test
    void readAnswersARequest() {
        state.request(RequestedRead.ROUTINE);
        state.seen(CREATED, LATER);

        assertThat(state.requested()).isEqualTo(RequestedRead.NONE);
    }

    @Test
    void provisionalStateIsReadAgainAfterTheWindow() {
        state.seen(CREATED, START.plusSeconds(20));
        state.update(known -> known.withProvisional(true));

        assertThat(state.nextRead(START.plusSeconds(20))).contains(Duration.ofSeconds(40));
        assertThat(state.nextRead(LATER)).contains(Duration.ZERO);
        state.update(KnownRole::dropped);
        assertThat(state.nextRead(LATER)).isEmpty();
    }

    @Test
    void acceptedDeletionIsProof() {
        state.created(CREATED, LATER);
        state.written(DELETE, LATER, LATER);

        assertThat(state.history().deletionAccepted()).isTrue();
        assertThat(state.known().role()).isEmpty();
        assertThat(state.trusts(Answer.ABSENCE, LATER)).isTrue();
    }

    @Test
    void forgettingKeepsTheHistory() {
        state.created(CREATED, LATER);
        state.update(KnownRole::dropped);

        assertThat(state.known().role()).isEmpty();
        assertThat(state.trusts(Answer.REFUSAL, LATER)).isFalse();
        assertThat(state.awaitsSweep()).isFalse();
    }
}
