package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.FailureException;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.port.AbandonedRole;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that abandon roles of one account, over an API server. */
class AccountStatusStoreTest {
    private static final String ACCOUNT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: analytics}
            spec:
              accountID: "444455556666"
              roleARN: arn:aws:iam::444455556666:role/irsa-operator
              access: Abandon
            """;

    private final MockApiServer server = MockApiServer.start();
    private Optional<IamAccount> late = Optional.empty();
    private Runnable whileWriting = () -> {};

    @BeforeEach
    void apply() {
        server.client().resource(ACCOUNT).create();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsWhatAnotherProcessRecorded() {
        store().add(confirmed("one"));
        AccountStatusStore leader = store();
        late = Optional.of(stored());
        store().add(confirmed("two"));

        late = Optional.empty();
        leader.add(confirmed("three"));

        assertThat(abandoned()).containsExactly("one", "three", "two");
    }

    @Test
    void recordsNothingOverWhatItHasNotSeen() {
        AccountStatusStore late = store();
        this.late = Optional.of(stored());
        late.add(confirmed("one"));
        late.add(confirmed("two"));
        IamAccount seen = this.late.orElseThrow();
        this.late = Optional.empty();
        store().add(confirmed("three"));
        this.late = Optional.of(seen);

        assertThatThrownBy(() -> late.add(confirmed("four"))).isInstanceOf(FailureException.class);
        assertThat(abandoned()).containsExactly("one", "three", "two");
    }

    @Test
    void recordsNothingInAnAccountThatWasDeletedOrEdited() {
        AccountStatusStore store = store();
        late = Optional.of(stored());
        resource().edit(account -> {
            account.setSpec(server.client()
                    .getKubernetesSerialization()
                    .unmarshal(ACCOUNT.replace("Abandon", "Manage"), IamAccount.class)
                    .getSpec());
            return account;
        });
        assertThatThrownBy(() -> store.add(confirmed("one"))).isInstanceOf(FailureException.class);
        late = Optional.empty();
        assertThatThrownBy(() -> store.add(confirmed("one"))).isInstanceOf(FailureException.class);

        late = Optional.of(stored());
        AccountStatusStore deleted = store();
        resource().delete();
        assertThatThrownBy(() -> deleted.add(confirmed("one"))).isInstanceOf(FailureException.class);
        late = Optional.empty();
        assertThatThrownBy(() -> deleted.add(confirmed("one"))).isInstanceOf(FailureException.class);
        apply();
        assertThatThrownBy(() -> deleted.add(confirmed("one"))).isInstanceOf(FailureException.class);
        assertThat(stored().getStatus()).isNull();
    }

    @Test
    void countsTheRolesForWhichTheListHasNoRoom() {
        IamAccountStatus full = IntStream.range(0, 500)
                .mapToObj(number -> "role-" + number)
                .reduce(IamAccountStatus.NONE, (status, name) -> status.withAbandoned(name, true), (one, _) -> one);
        store().update(_ -> full);
        store().add(confirmed("role-7"));
        assertThat(stored().getStatus()).isEqualTo(full);

        store().add(confirmed("role-500"));
        store().add(confirmed("role-501"));

        IamAccountStatus status = Objects.requireNonNull(stored().getStatus());
        assertThat(status.abandoned()).hasSize(500).doesNotContain("role-500");
        assertThat(status.furtherAbandoned()).isEqualTo(2);
    }

    /** A user can make resources without a role, but cannot make the list too full for the roles of others. */
    @Test
    void unconfirmedRolesLeaveRoomForOthers() {
        AccountStatusStore store = store();
        IamAccountStatus half = IntStream.range(0, 250)
                .mapToObj(number -> "junk-" + number)
                .reduce(IamAccountStatus.NONE, (status, name) -> status.withAbandoned(name, false), (one, _) -> one);
        store.update(_ -> half);

        store.add(new AbandonedRole("junk", false));
        store.add(new AbandonedRole("junk", false));
        store.add(confirmed("real"));
        assertThat(abandoned()).hasSize(251).contains("real").doesNotContain("junk");
        assertThat(Objects.requireNonNull(stored().getStatus()).furtherAbandoned())
                .isEqualTo(1);

        store.add(confirmed("junk"));
        assertThat(abandoned()).contains("junk");
    }

    private static AbandonedRole confirmed(String name) {
        return new AbandonedRole(name, true);
    }

    /** Otherwise, an API server that is slow would also stop the threads that delete other resources. */
    @Test
    void failsWhileTheStatusIsBeingWritten() {
        AccountStatusStore store = store();
        whileWriting = () -> {
            whileWriting = () -> {};
            assertThatThrownBy(() -> store.add(confirmed("two"))).hasMessageContaining("is just being written");
        };
        store.add(confirmed("one"));
        assertThat(abandoned()).containsExactly("one");

        store.add(confirmed("two"));
        assertThat(abandoned()).containsExactly("one", "two");
    }

    private AccountStatusStore store() {
        AccountIdentity version = new AccountIdentity(
                stored(),
                () -> {
                    throw new AssertionError("the status needs no identity");
                },
                () -> late.or(() -> Optional.ofNullable(resource().get())).stream()
                        .toList());
        AccountStatusWriter writer = new StatusWriter(server.client(), CallInterceptor.NONE)::write;
        return new AccountStatusStore(version, (account, status) -> {
            whileWriting.run();
            return writer.write(account, status);
        });
    }

    private List<String> abandoned() {
        return Objects.requireNonNull(stored().getStatus()).abandoned();
    }

    private IamAccount stored() {
        return resource().get();
    }

    private Resource<IamAccount> resource() {
        return server.client().resources(IamAccount.class).withName("analytics");
    }
}
