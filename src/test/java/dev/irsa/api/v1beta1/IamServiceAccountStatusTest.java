package dev.irsa.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.Statuses;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IamServiceAccountStatusTest {
    @Test
    void readsDefaultOfSchemaAsUnseen() {
        assertThat(read("{\"observedGeneration\": -1}")).isEqualTo(IamServiceAccountStatus.UNSEEN);
    }

    @Test
    void writesUnseenAsDefaultOfSchema() {
        assertThat(Serialization.asJson(IamServiceAccountStatus.UNSEEN)).isEqualTo("{\"observedGeneration\":-1}");
    }

    @Test
    void readsBackWhatItWrites() {
        var status = Statuses.of(
                3,
                new RoleStatus("my-role", "AROAEXAMPLE", Map.of(), List.of()),
                new ServiceAccountStatus("invoices", true, List.of(Delivery.IRSA)),
                List.of("attach AmazonS3ReadOnlyAccess"),
                List.of(new Condition("Ready", "True", 3, "2026-11-25T12:00:00Z", "Ready", "all is well")));

        assertThat(read(Serialization.asJson(status))).isEqualTo(status);
    }

    @Test
    void listsAreCopiedAndCannotBeChanged() {
        var pending = new ArrayList<>(List.of("create the role"));
        var conditions = new ArrayList<Condition>();
        var status = Statuses.of(1, null, null, pending, conditions);

        pending.clear();
        conditions.add(new Condition("Ready", "True", 1, "2026-11-25T12:00:00Z", "Ready", "all is well"));

        assertThat(status.pendingChanges()).isUnmodifiable().containsExactly("create the role");
        assertThat(status.conditions()).isUnmodifiable().isEmpty();
    }

    @Test
    void newResourceHasNoStatus() {
        var resource = new IamServiceAccount();

        assertThat(resource.getStatus()).isNull();
        assertThat(Serialization.asJson(resource)).doesNotContain("status", "spec");
    }

    private static IamServiceAccountStatus read(String json) {
        return Serialization.unmarshal(json, IamServiceAccountStatus.class);
    }
}
