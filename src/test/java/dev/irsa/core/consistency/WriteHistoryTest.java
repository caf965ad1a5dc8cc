package dev.irsa.core.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.consistency.WriteHistory.EarlierWrites;
import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriteHistoryTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(600);
    private static final WriteHistory NEW = WriteHistory.of(new WritingProcess(WINDOW, START, START));

    @Test
    void startsEmpty() {
        assertThat(NEW.deletionAccepted()).isFalse();
        assertThat(NEW.isNameTaken()).isFalse();
        assertThat(NEW.earlierWrites()).isEqualTo(EarlierWrites.MAY_BE_LOST);
        assertThat(NEW.window()).isEqualTo(WINDOW);
        assertThat(NEW.workingSince()).isEqualTo(START);
    }

    @Test
    void keepsTheLatestWrite() {
        WriteHistory history = NEW.mayHaveWritten(LATER).mayHaveWritten(START);

        assertThat(history.writes().last()).isEqualTo(LATER);
        assertThat(history.mayHaveWritten(LATER.plusSeconds(1)).writes().last()).isEqualTo(LATER.plusSeconds(1));
    }

    @Test
    void addedFinalizerCountsAsTheLastWrite() {
        assertThat(NEW.finalizerAdded(LATER).writes().last()).isEqualTo(LATER);
        assertThat(NEW.finalizerAdded(LATER).writes().toRole()).isFalse();
        assertThat(NEW.mayHaveWritten(LATER).writes().toRole()).isTrue();
    }

    @Test
    void lostWriteIsAlsoAWrite() {
        WriteHistory history = NEW.lostWrite(LATER);

        assertThat(history.writes().last()).isEqualTo(LATER);
        assertThat(history.writes().lastLost()).isEqualTo(LATER);
        assertThat(NEW.written(LATER).writes().lastLost()).isEqualTo(Instant.MIN);
    }

    @Test
    void acceptedDeletionIsProofWhenNoWriteIsLost() {
        WriteHistory history = NEW.deleted(LATER, LATER.plusSeconds(5));

        assertThat(history.deletionAccepted()).isTrue();
        assertThat(history.writes().last()).isEqualTo(LATER.plusSeconds(5));
        assertThat(history.absentSince()).contains(LATER.plusSeconds(5));
    }

    @Test
    void acceptedDeletionIsNoProofWhileALostWriteMayTakeEffect() {
        assertThat(NEW.lostWrite(LATER)
                        .deleted(LATER.plusSeconds(59), LATER.plusSeconds(90))
                        .deletionAccepted())
                .isFalse();
        assertThat(NEW.lostWrite(LATER)
                        .deleted(LATER.plusSeconds(60), LATER.plusSeconds(60))
                        .deletionAccepted())
                .isTrue();
    }

    @Test
    void acceptedDeletionIsNoProofWhileAnEarlierProcessMayHaveLostAWrite() {
        assertThat(NEW.deleted(START, START).deletionAccepted()).isFalse();
        assertThat(NEW.resourceCreated(START).deleted(START, START).deletionAccepted())
                .isTrue();
    }

    @Test
    void laterWriteRevokesTheProofOfDeletion() {
        assertThat(NEW.deleted(LATER, LATER).written(LATER).deletionAccepted()).isFalse();
        assertThat(NEW.deleted(LATER, LATER).mayHaveWritten(LATER).deletionAccepted())
                .isTrue();
        assertThat(NEW.deleted(LATER, LATER).lostWrite(LATER).deletionAccepted())
                .isTrue();
    }

    @Test
    void onlyAResourceCreatedWhileTheProcessRunsHasNoEarlierWrites() {
        assertThat(NEW.resourceCreated(START.minusSeconds(1)).earlierWrites()).isEqualTo(EarlierWrites.MAY_BE_LOST);
        assertThat(NEW.resourceCreated(START).earlierWrites()).isEqualTo(EarlierWrites.NONE);
        assertThat(NEW.resourceCreated(START)
                        .resourceCreated(START.minusSeconds(1))
                        .earlierWrites())
                .isEqualTo(EarlierWrites.NONE);
    }

    @Test
    void resourceCreatedBeforeAReplicaIsSurelyAloneMayHaveEarlierWrites() {
        WriteHistory standby = WriteHistory.of(new WritingProcess(WINDOW, START, START.plus(WINDOW)));

        assertThat(standby.resourceCreated(START.plusSeconds(59)).earlierWrites())
                .isEqualTo(EarlierWrites.MAY_BE_LOST);
        assertThat(standby.resourceCreated(START.plusSeconds(60)).earlierWrites())
                .isEqualTo(EarlierWrites.NONE);
    }

    @Test
    void roleThatIsKnownForThreeWindowsHasNoEarlierLostWrites() {
        assertThat(NEW.knownSince(START, START.plusSeconds(179)).earlierWrites())
                .isEqualTo(EarlierWrites.MAY_BE_LOST);
        assertThat(NEW.knownSince(START, START.plusSeconds(180)).earlierWrites())
                .isEqualTo(EarlierWrites.ALL_SETTLED);
        assertThat(NEW.resourceCreated(START)
                        .knownSince(START, START.plusSeconds(180))
                        .earlierWrites())
                .isEqualTo(EarlierWrites.NONE);
    }

    @Test
    void isNeverWrittenWhenTheResourceIsNewAndEveryWriteWasRefused() {
        WriteHistory fresh = NEW.resourceCreated(START);

        assertThat(fresh.isNeverWritten()).isTrue();
        assertThat(fresh.nameTaken(LATER).absent(LATER).isNeverWritten()).isTrue();
        assertThat(NEW.isNeverWritten()).isFalse();
        assertThat(NEW.knownSince(START, LATER).isNeverWritten()).isFalse();
        assertThat(fresh.finalizerAdded(LATER).isNeverWritten()).isTrue();
        assertThat(fresh.mayHaveWritten(LATER).finalizerAdded(LATER).isNeverWritten())
                .isFalse();
        assertThat(fresh.written(LATER).isNeverWritten()).isFalse();
        assertThat(fresh.lostWrite(LATER).isNeverWritten()).isFalse();
    }

    @Test
    void absenceCountsFromTheFirstAnswer() {
        assertThat(NEW.absent(LATER).absent(LATER.plusSeconds(5)).absentSince()).contains(LATER);
    }

    @Test
    void takenNameCountsFromTheFirstAnswer() {
        WriteHistory history = NEW.nameTaken(LATER).nameTaken(LATER.plusSeconds(5));

        assertThat(history.nameTakenSince()).contains(LATER);
        assertThat(history.isNameTaken()).isTrue();
    }

    @Test
    void shownRoleEndsAbsenceAndTakenName() {
        WriteHistory history = NEW.absent(LATER).nameTaken(LATER).shown();

        assertThat(history.absentSince()).isEmpty();
        assertThat(history.nameTakenSince()).isEmpty();
    }

    @Test
    void presentRoleEndsAbsenceOnly() {
        WriteHistory history = NEW.absent(LATER).nameTaken(LATER).present();

        assertThat(history.absentSince()).isEmpty();
        assertThat(history.nameTakenSince()).contains(LATER);
    }

    @Test
    void absenceAndATakenNameDoNotResetEachOther() {
        assertThat(NEW.nameTaken(LATER).absent(LATER).nameTakenSince()).contains(LATER);
        assertThat(NEW.absent(LATER).nameTaken(LATER).absentSince()).contains(LATER);
    }
}
