package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.fixtures.reconcile.Statuses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A status of ours that a watch shows is no news, and any other is. */
class WrittenStatusCacheTest {
    private static final IamServiceAccountStatus OURS = status("ours");
    private static final IamServiceAccountStatus LATE = status("given up long ago");

    private final WrittenStatusCache statuses = new WrittenStatusCache();

    @Test
    void lastOwnStatusIsNotForeign() {
        statuses.wrote(OURS, shown(5, OURS));

        assertThat(statuses.isReplaced(shown(5, OURS), shown(4, IamServiceAccountStatus.UNSEEN)))
                .isFalse();
    }

    @Test
    void ownStatusIsNotForeignWhenWatchPrecedesResponse() {
        statuses.writing(OURS, shown(4, IamServiceAccountStatus.UNSEEN));

        assertThat(statuses.isReplaced(shown(5, OURS), shown(4, IamServiceAccountStatus.UNSEEN)))
                .isFalse();
        assertThat(statuses.isReplaced(shown(5, LATE), shown(4, IamServiceAccountStatus.UNSEEN)))
                .isTrue();
    }

    @Test
    void laterStatusIsForeign() {
        statuses.wrote(OURS, shown(5, OURS));

        assertThat(statuses.isReplaced(shown(6, LATE), shown(5, OURS))).isTrue();
    }

    @Test
    void replacedStatusIsNotForeign() {
        statuses.wrote(OURS, shown(6, OURS));

        assertThat(statuses.isReplaced(shown(5, LATE), shown(4, IamServiceAccountStatus.UNSEEN)))
                .isFalse();
    }

    @Test
    void unrelatedChangeIsNotForeignStatus() {
        statuses.wrote(OURS, shown(5, OURS));

        assertThat(statuses.isReplaced(shown(6, OURS), shown(5, OURS))).isFalse();
    }

    @Test
    void hasNoOwnStatusBeforeFirstWrite() {
        assertThat(statuses.isReplaced(shown(5, LATE), shown(4, OURS))).isTrue();
        statuses.wrote(OURS, shown(5, OURS));
        statuses.forget(shown(5, OURS).getMetadata().getUid());

        assertThat(statuses.isReplaced(shown(5, OURS), shown(4, LATE))).isTrue();
    }

    @Test
    void returnsWrittenStatusBeforeWatchShowsIt() {
        IamServiceAccount written = shown(5, OURS);
        written.getMetadata().setAnnotations(Map.of(IamServiceAccount.RECORDED_ROLE, "444455556666"));
        statuses.wrote(OURS, written);
        IamServiceAccount before = shown(4, IamServiceAccountStatus.UNSEEN);
        before.getMetadata().setFinalizers(List.of());

        IamServiceAccount current = statuses.withUnseenStatus(before);

        assertThat(current.getStatus()).isEqualTo(OURS);
        assertThat(current.getMetadata().getFinalizers()).containsExactly(IamServiceAccount.FINALIZER);
        assertThat(current.recordedRole()).contains("444455556666");
        assertThat(before.getStatus()).isEqualTo(IamServiceAccountStatus.UNSEEN);
        assertThat(before.getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void returnsStatusThatReplacedOwn() {
        statuses.wrote(OURS, shown(5, OURS));
        IamServiceAccount replaced = shown(6, LATE);

        assertThat(statuses.withUnseenStatus(replaced).getStatus()).isEqualTo(LATE);
    }

    @Test
    void dropsTheWrittenStatusOnceTheCacheShowsIt() {
        statuses.wrote(OURS, shown(5, OURS));

        statuses.dropIfSeen(shown(4, IamServiceAccountStatus.UNSEEN));
        assertThat(statuses.withUnseenStatus(shown(4, LATE)).getStatus()).isEqualTo(OURS);

        statuses.dropIfSeen(shown(5, OURS));
        assertThat(statuses.withUnseenStatus(shown(4, LATE)).getStatus()).isEqualTo(LATE);
    }

    private static IamServiceAccount shown(long version, IamServiceAccountStatus status) {
        IamServiceAccount resource = Examples.resource();
        resource.getMetadata().setResourceVersion(Long.toString(version));
        resource.addFinalizer(IamServiceAccount.FINALIZER);
        resource.setStatus(status);
        return resource;
    }

    private static IamServiceAccountStatus status(String message) {
        return Statuses.of(
                2,
                Examples.ROLE_STATUS,
                Examples.ACCOUNT_STATUS,
                List.of(),
                List.of(Examples.condition("Ready", "True", 2, "Ready", message)));
    }
}
