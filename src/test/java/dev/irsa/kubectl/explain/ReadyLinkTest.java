package dev.irsa.kubectl.explain;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.kubectl.diagnosis.Result.Outcome;
import dev.irsa.kubectl.doctor.Check;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyLinkTest {
    private final IamServiceAccount resource = new IamServiceAccount();

    ReadyLinkTest() {
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NS)
                .withName(NAME)
                .withGeneration(2L)
                .build());
    }

    private Check check(String ready, long observedGeneration) {
        Condition condition = new Condition(
                "Ready", ready, observedGeneration, "2026-12-01T10:00:00Z", "Ready", "role is up to date");
        resource.setStatus(Statuses.of(observedGeneration, null, null, List.of(), List.of(condition)));
        return ReadyLink.of(resource);
    }

    @Test
    void isReadyIfTheOperatorHasObservedTheResource() {
        assertThat(check("True", 2).state()).isEqualTo(Outcome.OK);
        assertThat(check("False", 2).state()).isEqualTo(Outcome.Failed);
        assertThat(check("False", 2).remedy()).startsWith("do what the message says");
    }

    @Test
    void warnsOfEditThatTheOperatorHasNotObserved() {
        Check check = check("True", 1);

        assertThat(check.state()).isEqualTo(Outcome.Warning);
        assertThat(check.seen())
                .isEqualTo("the operator has not observed the last edit; before, it was Ready: role is up to date");
        assertThat(check.remedy()).isEqualTo("wait, and if this lasts, run: kubectl irsa check");
        assertThat(check("False", 1).state()).isEqualTo(Outcome.Failed);
        assertThat(check("False", 1).remedy()).contains("kubectl irsa check");
    }

    @Test
    void warnsOfDeletionThatTheOperatorHasNotObserved() {
        resource.getMetadata().setDeletionTimestamp("2026-12-01T12:00:00Z");

        assertThat(check("True", 2).state()).isEqualTo(Outcome.Warning);
        assertThat(check("True", 2).seen())
                .startsWith("the operator has not observed the deletion of 2026-12-01T12:00:00Z");
        assertThat(check("False", 2).remedy()).startsWith("do what the message says");
    }
}
