package dev.irsa.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With nobody at work, and an API server that is not always at its best. */
class CheckWithoutOperatorTest {
    private static final String OBJECT = "IamServiceAccount default/check";

    private final MockApiServer server = MockApiServer.start();
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(server.config())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    private final CheckResource object = new CheckResource(client, "default", "check", "this");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<String> progress = new ArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void reportsUnobservedResource() {
        assertThat(failure().problems())
                .singleElement()
                .asString()
                .startsWith("no operator reconciled " + OBJECT + " within 1 s; ")
                .contains("kubectl get pods");
        assertThat(object.read()).isEmpty();
    }

    @Test
    void leavesForeignResourceUnchanged() {
        IamServiceAccount foreign = createForeign();

        assertThat(failure().problems())
                .singleElement()
                .asString()
                .contains("already exists and was not created by a check", "choose another --name");
        assertThat(object.read().orElseThrow().resource().getMetadata()).isEqualTo(foreign.getMetadata());
        assertThat(progress).isEmpty();
    }

    @Test
    void doesNotDeleteReplacementResource() {
        String uid = object.create().uid();
        object.delete(uid);
        createForeign();

        object.delete(uid);

        assertThat(object.read()).isPresent();
    }

    @Test
    void recognizesResourceAfterLostCreateResponse() {
        AtomicInteger lost = new AtomicInteger();
        server.intercept(request -> isCreation(request.method(), request.path()) && lost.getAndIncrement() == 0
                ? new ApiFault.CutAfter()
                : ApiFault.none());

        assertThat(failure().problems()).singleElement().asString().startsWith("no operator reconciled ");
        assertThat(lost).hasValueGreaterThan(1);
        assertThat(object.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void retriesTransientFailureOfEachRequest(int code) {
        Set<String> asked = new HashSet<>();
        server.intercept(request -> asked.add(request.method() + request.path())
                ? ApiFault.refused(code, "Reason", "words of the server")
                : ApiFault.none());

        assertThat(failure().problems()).singleElement().asString().startsWith("no operator reconciled ");
        assertThat(asked).hasSize(5);
        assertThat(object.read()).isEmpty();
    }

    @Test
    void reportsUnresponsiveServer() {
        server.intercept(request -> new ApiFault.CutBefore());

        assertThat(failure().problems()).singleElement().asString().startsWith("the API server does not respond: ");
    }

    @Test
    void reportsMissingCrd() {
        server.intercept(request -> isCreation(request.method(), request.path())
                ? ApiFault.refused(404, "NotFound", "the server could not find the requested resource")
                : ApiFault.none());

        assertThat(failure().problems())
                .singleElement()
                .asString()
                .contains("iamserviceaccounts.irsa.dev is not installed", "kubectl apply");
    }

    @Test
    void reportsRejection() {
        server.intercept(request -> isCreation(request.method(), request.path())
                ? ApiFault.refused(403, "Forbidden", "exceeded quota")
                : ApiFault.none());

        assertThat(failure().problems()).containsExactly(OBJECT + " cannot be created: exceeded quota");
    }

    @Test
    void deletesResourceWithoutWaitingWhenStopped() {
        CheckFailed failed = catchThrowableOfType(
                CheckFailed.class,
                () -> check(Duration.ofHours(1), line -> {
                            progress.add(line);
                            stopped.countDown();
                        })
                        .run());

        assertThat(failed.problems()).containsExactly("interrupted by a signal before completion");
        assertThat(progress).containsExactly(OBJECT + ": created", OBJECT + ": deletion requested");
        assertThat(object.read()).isEmpty();
    }

    @Test
    void reportsResourceThatIsNotDeleted() {
        CheckFailed failed = catchThrowableOfType(
                CheckFailed.class,
                () -> check(Duration.ofSeconds(1), line -> {
                            if (line.endsWith(": created")) {
                                client.resources(IamServiceAccount.class)
                                        .inNamespace("default")
                                        .withName("check")
                                        .edit(made -> {
                                            made.addFinalizer(IamServiceAccount.FINALIZER);
                                            return made;
                                        });
                            }
                        })
                        .run());

        assertThat(failed.problems()).hasSize(2).last().asString().contains("was not deleted within 1 s", "finalizer");
    }

    private IamServiceAccount createForeign() {
        IamServiceAccount foreign = new IamServiceAccount();
        foreign.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName("check")
                .build());
        foreign.setSpec(IamServiceAccountSpec.DEFAULT);
        return client.resource(foreign).create();
    }

    private static boolean isCreation(String method, String path) {
        return method.equals("POST") && path.endsWith("/iamserviceaccounts");
    }

    private CheckFailed failure() {
        return catchThrowableOfType(
                CheckFailed.class,
                () -> check(Duration.ofSeconds(1), progress::add).run());
    }

    private InstallationCheck check(Duration limit, Consumer<String> told) {
        return new InstallationCheck(
                object, new CheckTimeouts(InstantSource.system(), limit, Duration.ofMillis(20), stopped), told);
    }
}
