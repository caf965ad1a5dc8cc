package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.iam.RoleRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.Tag;

/** {@code import --offer-from}. */
class OfferFromTest extends OtherAccountsTestBase {
    private static final List<String> NAMES = List.of("cart", "mail", "web");
    private Path imported = Path.of("");

    @BeforeEach
    void importRoles() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        NAMES.forEach(name -> world.role(world.home, name));
        imported = folder.resolve("imported");
        assertThat(world.run(new ImportCommand(), "--output-dir=" + imported)).isZero();
    }

    @Test
    void offersSomeInEachRun() {
        assertThat(offer("--limit=2")).isZero();

        assertThat(offered()).containsExactly("cart", "mail");
        assertThat(world.out.toString())
                .containsPattern("shop +cart +cart +unknown +only ownership tags")
                .doesNotContain("web");
        String id = world.home.role("cart").orElseThrow().id();
        assertThat(world.err.toString())
                .contains("Roles to offer: 2, left for the next run: 1, offered already: 0")
                .containsPattern("Role cart will be offered to IamServiceAccount prod/shop/cart by the tag"
                        + " irsa.dev/adoptable-by: arn:aws:iam::111122223333:role/cart, ID " + id
                        + ", trust policy [0-9a-f]{12}\\.");

        assertThat(offer()).isZero();

        assertThat(offered()).containsExactlyElementsOf(NAMES);
        assertThat(world.home.calls().of("TagRole")).isEqualTo(3);
        assertThat(offer()).isZero();
        assertThat(world.err.toString()).contains("Roles to offer: 0, left for the next run: 0, offered already: 3");
        assertThat(world.home.calls().of("TagRole")).isEqualTo(3);
    }

    @Test
    void offersNothingWithoutConfirmation() {
        assertThat(world.run(new ImportCommand(), "--offer-from=" + imported)).isEqualTo(1);

        assertThat(world.err.toString()).endsWith("error: no role is offered; confirm with y, or pass --yes\n");
        assertThat(offered()).isEmpty();
    }

    @Test
    void skipsAdoptedRoles() {
        tag(
                "cart",
                TwoAccounts.cluster().owner("shop", "cart").tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList());

        assertThat(offer()).isZero();

        assertThat(world.err.toString()).contains("adopted already: 1, refused: 0");
        assertThat(offered()).containsExactly("mail", "web");
    }

    /** The manifest is planned as it is, and not as the import wrote it. */
    @Test
    void showsWhatTheEditedManifestChanges() throws IOException {
        edit("cart", "name: cart\n    path", "name: cart\n    maxSessionDurationSeconds: 3601\n    path");
        Path entitlement = imported.resolve("entitlements/iamentitlement-imported.shop.yaml");
        Files.writeString(
                entitlement,
                Files.readString(entitlement).replace("sessionDurationSeconds: 3600", "sessionDurationSeconds: 43200"));

        assertThat(offer()).isZero();

        assertThat(world.out.toString())
                .containsPattern("shop +cart +cart +unknown +more: 1")
                .contains("3601");
    }

    /** The confirmation would show something else than what the operator does once the role is offered. */
    @ParameterizedTest
    @CsvSource({
        "'suspend: true', 'suspend: false', the operator would adopt the role at once; set suspend: true",
        "'deletionPolicy: Retain', 'deletionPolicy: Delete', differs from the file; apply the file"
    })
    void offersNothingToResourceThatIsNotAsInTheFile(String old, String applied, String why) throws IOException {
        Path file = imported.resolve("namespaces/shop/iamserviceaccount-cart.yaml");
        world.create(Files.readString(file).replace(old, applied));

        assertThat(offer()).isEqualTo(1);

        assertThat(world.err.toString())
                .contains("the role of shop/cart cannot be offered: its resource in the cluster", why);
        assertThat(offered()).containsExactly("mail", "web");
    }

    /** An edit cannot make an administrator offer the role of someone else. */
    @ParameterizedTest
    @CsvSource({
        "'name: cart\\n    path', 'name: victim\\n    path', the ServiceAccount has the role",
        "'namespace: shop', 'namespace: attic', does not admit the ServiceAccount",
        "'path: /', 'path: /teams/', the ServiceAccount has the role",
        "'spec:', 'spec:\\n  serviceAccounts: [{name: web}]', names other ServiceAccounts"
    })
    void offersNothingThatTheTrustPolicyDoesNotAdmit(String old, String edit, String why) throws IOException {
        world.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: attic}\n");
        world.role(world.home, "victim");
        world.server
                .client()
                .serviceAccounts()
                .inNamespace("shop")
                .withName("victim")
                .delete();
        edit("cart", old.translateEscapes(), edit.translateEscapes());

        assertThat(offer()).isEqualTo(1);

        assertThat(world.err.toString().lines().filter(line -> line.startsWith("error: ")))
                .singleElement()
                .asString()
                .contains("/cart cannot be offered: ", why);
        assertThat(offered()).containsExactly("mail", "web");
        assertThat(tag("victim")).isEmpty();
    }

    @Test
    void refusesTheRoleOfAnotherThatNoServiceAccountNames() throws IOException {
        world.role(world.home, "victim");
        for (String account : List.of("victim", "cart")) {
            world.server
                    .client()
                    .serviceAccounts()
                    .inNamespace("shop")
                    .withName(account)
                    .delete();
        }
        edit("cart", "name: cart\n    path", "name: victim\n    path");

        assertThat(offer()).isEqualTo(1);

        assertThat(world.err.toString()).contains("shop/cart cannot be offered: the trust policy does not admit");
        assertThat(tag("victim")).isEmpty();
    }

    /** An entitlement that the folder does not have is not made up. */
    @Test
    void refusesWhatNoEntitlementAllows() throws IOException {
        Files.delete(imported.resolve("entitlements/iamentitlement-imported.shop.yaml"));

        assertThat(offer()).isEqualTo(1);

        assertThat(world.err.toString()).contains("shop/cart cannot be offered: ", "refused: 3");
        assertThat(offered()).isEmpty();
    }

    @Test
    void leavesOutARoleWhoseTagsChangeMeanwhile() {
        leavesOut(role -> role.withTag("team", "other"));

        world.home.faults().none();
        assertThat(offer()).isZero();
        assertThat(offered()).containsExactlyElementsOf(NAMES);
    }

    @Test
    void leavesOutARoleWhoseBoundaryChangesMeanwhile() {
        leavesOut(role -> role.withBoundary("arn:aws:iam::aws:policy/ReadOnlyAccess"));
    }

    private void leavesOut(UnaryOperator<RoleRecord> change) {
        AtomicInteger reads = new AtomicInteger();
        world.home.faults().before(call -> {
            if (call.action().equals("GetRole") && reads.getAndIncrement() == 0) {
                world.home.console().edit("cart", change);
            }
        });

        assertThat(offer()).isEqualTo(1);

        assertThat(world.err.toString()).contains("error: role cart is left out because it has changed");
        assertThat(offered()).containsExactly("mail", "web");
    }

    @Test
    void offersInEachAccount() throws IOException {
        world.role(world.other, "reports");
        Path both = folder.resolve("both");
        world.run(new ImportCommand(), "--output-dir=" + both);

        assertThat(world.run(new ImportCommand(), "--offer-from=" + both, "--yes"))
                .isZero();

        assertThat(offered()).containsExactlyElementsOf(NAMES);
        assertThat(world.other.role("reports").orElseThrow().tags())
                .containsEntry("irsa.dev/adoptable-by", "prod/shop/reports");
        world.configure("");
        assertThat(world.run(new ImportCommand(), "--offer-from=" + both, "--yes"))
                .isEqualTo(1);
        assertThat(world.err.toString()).contains("account 444455556666 cannot be read");
    }

    /** Each role is as it was or offered to its own resource, and another run finishes, whichever call is the last. */
    @ParameterizedTest
    @CsvSource({"AccessDenied, false", "AccessDenied, true", "ServiceFailure, true", "Throttling, false"})
    void goesOnAfterAnyFailure(String code, boolean effective) {
        int calls = 0;
        boolean failed = true;
        while (failed) {
            calls++;
            NAMES.forEach(name -> world.home.console().edit(name, role -> role.withoutTag("irsa.dev/adoptable-by")));
            AtomicInteger left = new AtomicInteger(calls);
            Consumer<Call> stop = call -> {
                if (left.decrementAndGet() <= 0) {
                    throw Refusal.of(code, 403, "no").get();
                }
            };
            if (effective) {
                world.home.faults().after(stop);
            } else {
                world.home.faults().before(stop);
            }

            failed = offer() != 0;

            world.home.faults().none();
            List<String> before = offered();
            if (failed) {
                assertThat(world.err.toString()).contains("error: ");
                assertThat(before).as("in their order").isEqualTo(NAMES.subList(0, before.size()));
            }
            assertThat(offer()).isZero();
            assertThat(offered()).containsExactlyElementsOf(NAMES);
        }
        assertThat(calls).isGreaterThan(2 * NAMES.size());
    }

    /** What could not be read in the cluster is not made up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void offersOnlyWhatItMayAfterAnyFailureOfTheApiServer(boolean refused) {
        int requests = 0;
        boolean failed = true;
        while (failed) {
            requests++;
            NAMES.forEach(name -> world.home.console().edit(name, role -> role.withoutTag("irsa.dev/adoptable-by")));
            AtomicInteger left = new AtomicInteger(requests);
            world.server.intercept(_ -> left.decrementAndGet() > 0
                    ? ApiFault.none()
                    : refused ? ApiFault.refused(403, "Forbidden", "no") : new ApiFault.CutBefore());

            failed = offer() != 0;

            world.server.stopIntercepting();
            if (failed) {
                assertThat(offered()).isEmpty();
            }
            assertThat(offer()).isZero();
            assertThat(offered()).containsExactlyElementsOf(NAMES);
        }
        assertThat(requests).isGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--offer-from=x --status | --offer-from and --status cannot be combined, because a run does one thing; pass"
                        + " only one of --offer, --offer-from, --status, --resume, --output-dir",
                "--offer-from=x -A | --all-namespaces cannot be combined with --offer-from; use it with --offer, --output-dir,"
                        + " --status",
                "--resume=x --yes | --yes cannot be combined with --resume; use it with --offer, --offer-from",
                "--offer=x --limit=1 | --limit cannot be combined with --offer; use it with --offer-from, --resume",
                "--wait | --wait cannot be combined with a run that only shows the import; use it with --resume",
                "--resume=x --timeout=5m | --timeout has no effect without --wait; pass both",
                "--resume=x --wait --timeout=5 | is not a duration; write a number and s, m, or h, as in 90s or 10m",
                "--status --from=x -A | --all-namespaces cannot be combined with --from, whose manifests have",
                "--offer-from=x --limit=0 | --limit 0 leaves nothing to do; pass 1 or more",
                "--offer=x -o json | --output cannot be combined with --offer; use it with --output-dir, --status",
                "--status --adoption-path=/x/ | --adoption-path cannot be combined with --status, which needs the settings that"
                        + " the operator has; set the flag on the operator",
            })
    void explainsWhichFlagsGoTogether(String flags, String message) {
        assertThat(world.run(new ImportCommand(), flags.split(" "))).isEqualTo(2);

        assertThat(world.err.toString()).contains(message);
    }

    @Test
    void namesAFolderWithoutResources() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(world.run(new ImportCommand(), "--offer-from=" + empty)).isEqualTo(2);
        assertThat(world.err.toString()).contains("has no IamServiceAccount with role.name");

        assertThat(world.run(new ImportCommand(), "--offer-from=" + empty.resolve("x")))
                .isEqualTo(2);
        assertThat(world.err.toString()).contains("is not a folder");
    }

    private int offer(String... more) {
        return world.run(
                new ImportCommand(),
                Stream.concat(Stream.of("--offer-from=" + imported, "--yes"), Stream.of(more))
                        .toArray(String[]::new));
    }

    private void edit(String name, String old, String edit) throws IOException {
        Path file = imported.resolve("namespaces/shop/iamserviceaccount-" + name + ".yaml");
        Files.writeString(file, Files.readString(file).replace(old, edit));
    }

    private List<String> offered() {
        return NAMES.stream()
                .filter(name -> tag(name).equals("prod/shop/" + name))
                .toList();
    }

    private String tag(String role) {
        return world.home.role(role).orElseThrow().tags().getOrDefault("irsa.dev/adoptable-by", "");
    }

    private void tag(String role, List<Tag> tags) {
        world.home.tagRole(request -> request.roleName(role).tags(tags));
    }
}
