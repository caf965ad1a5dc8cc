package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubectl.ResumeWaves.Pace;
import dev.irsa.kubectl.kubernetes.ResourceResumes;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code import --resume} with an API server in memory. */
class ResumeWavesTest {
    private static final List<String> NAMES = List.of("cart", "mail", "orders", "web");
    private static final String MANIFEST = """
            # Offer the role before you resume this.
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: shop, name: %1$s}
            spec:
              suspend: true  # until Monday
              deletionPolicy: Retain
              role: {name: %1$s, path: /, adoption: IfOffered}
            """;

    private final MockApiServer server = MockApiServer.start();
    private final KubernetesClient user = client(server);
    private final AdoptingOperator operator = new AdoptingOperator(server, user);
    private final StringWriter err = new StringWriter();
    private boolean approvesChanges;

    @TempDir
    private Path folder;

    @BeforeEach
    void apply() throws IOException {
        server.client()
                .resource("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n")
                .create();
        for (String name : NAMES) {
            Files.writeString(file(name), MANIFEST.formatted(name));
            server.client().resource(MANIFEST.formatted(name)).create();
        }
    }

    @AfterEach
    void stop() {
        user.close();
        server.close();
    }

    @Test
    void resumesOneGroupInEachRun() throws Exception {
        operator.notOffered.add("orders");

        assertThat(run(2, false)).isEqualTo(1);

        assertThat(resumed()).containsExactly("cart", "mail");
        assertThat(err.toString())
                .contains("Skipped shop/orders: its role is not offered", "RoleConflict: the role is not offered")
                .contains("Resumed shop/cart.\nResumed shop/mail.\n");
        assertThat(run(2, false)).isEqualTo(1);
        assertThat(resumed()).containsExactly("cart", "mail", "web");
        assertThat(run(2, false)).isEqualTo(1);
        assertThat(err.toString()).endsWith("Adopted, Ready, and Available: 3, skipped: 1.\n");
        assertFilesFollow();
    }

    @Test
    void leavesLaterGroupsToTheNextRun() throws Exception {
        assertThat(run(3, false)).isZero();
        assertThat(resumed()).containsExactly("cart", "mail", "orders");

        assertThat(run(3, false)).isZero();
        assertThat(resumed()).containsExactlyElementsOf(NAMES);
    }

    @Test
    void waitsForEachGroup() throws Exception {
        assertThat(run(3, true)).isZero();

        assertThat(resumed()).containsExactlyElementsOf(NAMES);
        assertThat(err.toString())
                .contains("Resumed shop/orders.\n[", "] 3 of 3 Ready and Available\nResumed shop/web.\n")
                .endsWith("] 1 of 1 Ready and Available\nAdopted, Ready, and Available: 4, skipped: 0.\n");
        assertFilesFollow();
    }

    @Test
    void keepsThePermissionsOfTheFile() throws Exception {
        Files.setPosixFilePermissions(file("cart"), PosixFilePermissions.fromString("rw-r-----"));
        Files.move(file("cart"), folder.resolve("target"));
        Files.createSymbolicLink(file("cart"), folder.resolve("target"));

        assertThat(run(9, true)).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("target"))))
                .isEqualTo("rw-r-----");
        assertThat(file("cart")).isSymbolicLink();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".irsa-new"));
        }
    }

    @Test
    void stopsAtTheGroupWithAResourceThatIsNotReady() throws Exception {
        operator.stalled.add("mail");

        assertThat(run(2, true)).isEqualTo(1);

        assertThat(err.toString())
                .endsWith(
                        "error: shop/mail is not Ready, so no further group is resumed: NotEntitled: no entitlement allows it; correct it, and run the"
                                + " command again\n");
        assertThat(resumed()).containsExactly("cart", "mail");
        assertThat(run(2, false)).isEqualTo(1);
        assertThat(resumed()).containsExactly("cart", "mail");
        operator.stalled.clear();
        assertThat(run(2, true)).isZero();
        assertThat(resumed()).containsExactlyElementsOf(NAMES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "annotations: {argocd.argoproj.io/tracking-id: 'shop:irsa.dev/IamServiceAccount:shop/cart'}",
                "labels: {kustomize.toolkit.fluxcd.io/name: shop}",
                "labels: {app.kubernetes.io/managed-by: Helm}"
            })
    void leavesToAGitOpsToolWhatItManages(String mark) throws Exception {
        recreate("cart", MANIFEST.formatted("cart").replace("name: cart}\nspec", "name: cart, " + mark + "}\nspec"));

        assertThat(run(1, true)).isEqualTo(1);

        assertThat(resumed()).isEmpty();
        assertThat(Files.readString(file("cart"))).contains("suspend: false  # until Monday");
        assertThat(err.toString())
                .contains("Resumed shop/cart in " + file("cart") + ", not in the cluster, because ")
                .contains("Commit and push: " + file("cart"))
                .contains("the cluster still has suspend: true; commit and push " + file("cart"));
        // The tool follows.
        server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("shop")
                .withName("cart")
                .patch("{\"spec\":{\"suspend\":false}}");
        assertThat(run(1, true)).isZero();
        assertThat(resumed()).containsExactlyElementsOf(NAMES);
    }

    @Test
    void recognizesTheManagersOfFields() throws Exception {
        server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("shop")
                .withName("cart")
                .delete();
        server.client()
                .resource(MANIFEST.formatted("cart"))
                .fieldManager("argocd-controller")
                .serverSideApply();

        assertThat(run(9, false)).isZero();

        assertThat(resumed()).containsExactly("mail", "orders", "web");
        assertThat(err.toString()).contains("because Argo CD manages it");
    }

    /** Another tool may have attached a policy since the offer, and the pods would lose it. */
    @Test
    void skipsResourcesWhoseAdoptionChangesMore() throws Exception {
        operator.changes.put("cart", "detach policy arn:aws:iam::aws:policy/ReadOnlyAccess from role cart");
        operator.changes.put("mail", "tag role mail with {irsa.dev/user-tags=}");

        assertThat(run(9, true)).isEqualTo(1);

        assertThat(resumed()).containsExactly("mail", "orders", "web");
        assertThat(err.toString())
                .contains(
                        "Skipped shop/cart: its adoption changes more than ownership tags",
                        "--approve-changes: detach policy");
        approvesChanges = true;
        assertThat(run(9, true)).isZero();
        assertThat(resumed()).containsExactlyElementsOf(NAMES);
    }

    /** The changes would only become pending once the obstacle is gone, and the user could not have reviewed them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void skipsResourcesWhoseChangesAnObstacleHides(boolean approves) throws Exception {
        approvesChanges = approves;
        operator.obstacles.put(
                "cart", "spec.suspend is true; no changes are pending; InvalidSpec: role cart has a boundary");

        assertThat(run(9, true)).isEqualTo(1);

        assertThat(resumed()).containsExactly("mail", "orders", "web");
        assertThat(err.toString())
                .contains(
                        "Skipped shop/cart: the operator cannot adopt its role yet, so what the adoption changes is not"
                                + " known; correct what is in the way: Suspended: spec.suspend is true; no changes are pending;"
                                + " InvalidSpec: role cart has a boundary");
    }

    /** Another resource of the name, or another spec, is not what the user has in the folder. */
    @Test
    void changesNothingThatDiffersFromTheFolder() throws Exception {
        recreate("cart", MANIFEST.formatted("cart").replace("Retain", "Delete"));
        server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("shop")
                .withName("mail")
                .delete();

        assertThat(run(9, true)).isEqualTo(1);

        assertThat(resumed()).containsExactly("orders", "web");
        assertThat(err.toString())
                .contains("Skipped shop/cart: its spec in the cluster differs from the file; apply the file first")
                .contains("Skipped shop/mail: it is not in the cluster; apply it first");
        assertThat(Files.readString(file("cart"))).isEqualTo(MANIFEST.formatted("cart"));
    }

    @Test
    void doesNotTouchAnObjectThatWasCreatedAgain() {
        operator.work();
        IamServiceAccount seen = resource("cart");
        recreate("cart", MANIFEST.formatted("cart"));

        assertThat(new ResourceResumes(user).resume(seen, _ -> true)).isFalse();
        assertThat(resumed()).isEmpty();
    }

    /** The object is replaced between the read and the patch. */
    @Test
    void patchesWithAPrecondition() {
        operator.work();
        IamServiceAccount seen = resource("cart");
        AtomicInteger patches = new AtomicInteger();
        server.intercept(request -> {
            if (request.method().equals("PATCH") && patches.getAndIncrement() == 0) {
                assertThat(request.body())
                        .contains("\"uid\":\"" + seen.getMetadata().getUid(), "resourceVersion");
                return ApiFault.refused(409, "Conflict", "changed");
            }
            return ApiFault.none();
        });

        assertThat(new ResourceResumes(user).resume(seen, _ -> true)).isTrue();
        assertThat(patches).hasValue(2);
        assertThat(resumed()).containsExactly("cart");
    }

    /** The operator writes the status between the read and the patch. */
    @Test
    void resumesNothingWhoseNewStatusShowsMoreChanges() throws Exception {
        operator.laterChanges.put("cart", "detach policy arn:aws:iam::aws:policy/ReadOnlyAccess from role cart");

        assertThat(run(1, false)).isEqualTo(1);

        assertThat(resumed()).isEmpty();
        assertThat(err.toString()).contains("shop/cart is not resumed because it has changed");
        assertThat(Files.readString(file("cart"))).isEqualTo(MANIFEST.formatted("cart"));
    }

    @Test
    void changesNothingIfAFileCannotBeEdited() throws Exception {
        String text = MANIFEST.formatted("web").replace("suspend: true", "suspend: !!bool \"true\"");
        Files.writeString(file("web"), text);

        assertThatThrownBy(() -> run(1, true))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.problem())
                                .contains(
                                        file("web").toString(),
                                        "cannot be edited safely",
                                        "no file of this group is changed"));

        assertThat(resumed()).isEmpty();
        assertThat(Files.readString(file("cart"))).isEqualTo(MANIFEST.formatted("cart"));
    }

    /** Whichever request is the last one, a resource is resumed only if its file is, and another run finishes. */
    @ParameterizedTest
    @ValueSource(strings = {"refused", "before", "after"})
    void goesOnAfterAnyFailure(String fault) throws Exception {
        int requests = 0;
        boolean failed = true;
        while (failed) {
            requests++;
            for (String name : NAMES) {
                Files.writeString(file(name), MANIFEST.formatted(name));
                recreate(name, MANIFEST.formatted(name));
            }
            AtomicInteger left = new AtomicInteger(requests);
            server.intercept(request -> operator.works || left.decrementAndGet() > 0
                    ? ApiFault.none()
                    : switch (fault) {
                        case "refused" -> ApiFault.refused(403, "Forbidden", "no");
                        case "before" -> new ApiFault.CutBefore();
                        default -> new ApiFault.CutAfter();
                    });

            failed = fails();

            server.stopIntercepting();
            assertFilesFollow();
            assertThat(run(2, true)).isZero();
            assertThat(resumed()).containsExactlyElementsOf(NAMES);
            assertFilesFollow();
        }
        assertThat(requests).isGreaterThan(2 * NAMES.size());
    }

    private boolean fails() throws Exception {
        try {
            return run(2, true) != 0;
        } catch (FailureException e) {
            return true;
        }
    }

    /** Each file is as it was but for the one value, and no resource is ahead of its file. */
    private void assertFilesFollow() throws IOException {
        List<String> resumed = resumed();
        Map<String, String> texts = new TreeMap<>();
        for (String name : NAMES) {
            String text = Files.readString(file(name));
            String after = MANIFEST.formatted(name).replace("suspend: true", "suspend: false");
            assertThat(text).isIn(MANIFEST.formatted(name), after);
            texts.put(name, text.equals(after) ? "resumed" : "suspended");
        }
        assertThat(resumed).allSatisfy(name -> assertThat(texts).containsEntry(name, "resumed"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(NAMES.size());
        }
    }

    private int run(int size, boolean wait) throws StartFailure, InterruptedException {
        CommandLine command = new CommandLine(new ImportCommand()).setErr(new PrintWriter(err, true));
        Output output = new Output(command.getCommandSpec(), Terminal.NONE, Terminal.NONE, () -> Documentation.HOME);
        return new ResumeWaves(
                        new WaveFiles(ManifestDirectory.read("--resume", folder, "default"), "default"),
                        operator,
                        new ResourceResumes(user),
                        output,
                        new Pace(
                                size,
                                wait ? Optional.of(Duration.ofMillis(100)) : Optional.empty(),
                                Duration.ofMillis(5),
                                approvesChanges))
                .run();
    }

    /** Returns a client like that of the commands, which does not retry. */
    private static KubernetesClient client(MockApiServer server) {
        try {
            return KubernetesClients.failFast(server.config(), Duration.ofSeconds(5));
        } catch (StartFailure e) {
            throw new AssertionError(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".yaml");
    }

    private IamServiceAccount resource(String name) {
        return server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private void recreate(String name, String manifest) {
        server.client()
                .resources(IamServiceAccount.class)
                .inNamespace("shop")
                .withName(name)
                .delete();
        server.client().resource(manifest).create();
    }

    private List<String> resumed() {
        return server.client().resources(IamServiceAccount.class).inNamespace("shop").list().getItems().stream()
                .filter(resource -> !resource.getSpec().suspend())
                .map(resource -> resource.getMetadata().getName())
                .sorted()
                .toList();
    }
}
