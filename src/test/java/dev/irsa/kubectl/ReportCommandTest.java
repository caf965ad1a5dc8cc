package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.OperatorMain;
import dev.irsa.fixtures.apiserver.ApiFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code report} with roles in two AWS accounts. */
class ReportCommandTest extends OtherAccountsTestBase {
    private Path page;
    private Path document;

    @BeforeEach
    void roles() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.home, "cart");
        world.role(world.other, "mail");
        page = folder.resolve("access.html");
        document = folder.resolve("access.json");
    }

    private int report(Object... arguments) {
        String[] all = new String[arguments.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = arguments[i].toString();
        }
        return world.run(new ReportCommand(), all);
    }

    @Test
    void writesAPageAndADocumentForTheUserAlone() throws IOException {
        assertThat(report("-o", page, "-o", document)).as(world.err.toString()).isZero();

        assertThat(world.out.toString()).isEmpty();
        assertThat(world.err.toString())
                .contains("Wrote " + page + " with 2 roles of namespace shop; use -A for all namespaces\n");
        assertThat(page).content().startsWith("<!doctype html>").contains("arn:aws:iam::444455556666:role/mail");
        assertThat(document).content().startsWith("{\"kind\":\"AccessReport\",").contains("\"cluster\":\"prod\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(document)))
                .isEqualTo("rw-------");
    }

    @Test
    void replacesAnEarlierReportButNoOtherFile() throws IOException {
        Path other = Files.writeString(folder.resolve("index.html"), "<html>");
        Files.writeString(page, "");

        assertThat(report("-o", page)).isZero();
        assertThat(report("-o", page)).isZero();
        assertThat(report("-o", other)).isEqualTo(2);
        assertThat(world.err.toString())
                .isEqualTo("error: --output " + other
                        + " exists and is not a report; name another file, so that nothing is lost\n");
        assertThat(other).hasContent("<html>");
        assertThat(report("-o", folder.resolve("missing").resolve("access.html")))
                .isEqualTo(2);
        assertThat(world.err.toString()).contains(" cannot be written: NoSuchFileException: ");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".report-"));
        }
    }

    @Test
    void printsDocumentsForPrograms() {
        assertThat(report("-o", "json")).isZero();
        assertThat(world.out.toString())
                .startsWith("{\"kind\":\"AccessReport\",")
                .endsWith("}\n");
        assertThat(report("-o", "csv")).isZero();
        assertThat(world.out.toString()).startsWith("namespace,name,").contains("shop,cart,annotation,");
    }

    @Test
    void failsOnAFlag() {
        assertThat(report("-o", page, "--fail-on", "wide-trust", "--fail-on=quarantined"))
                .isZero();
        assertThat(report("-o", page, "--fail-on=no-boundary")).isEqualTo(1);
        assertThat(world.err.toString())
                .endsWith("error: 2 roles have the flag no-boundary, such as arn:aws:iam::111122223333:role/cart\n");
        assertThat(report("-o", page, "--fail-on=nothing")).isEqualTo(2);
    }

    @Test
    void failsIfAnAccountCannotBeRead() throws IOException {
        world.configure("");

        assertThat(report("-o", document, "--fail-on=no-boundary")).isEqualTo(2);

        assertThat(world.err.toString())
                .contains("error: the report is not complete: account 444455556666 cannot be read: ");
        assertThat(document).content().contains("\"notRead\":[{\"accountID\":\"444455556666\"");
    }

    @Test
    void keepsTheEarlierReportIfThisOneIsNotComplete() throws IOException {
        assertThat(report("-o", document)).isZero();
        String earlier = Files.readString(document);
        Path another = folder.resolve("..").resolve(folder.getFileName()).resolve(document.getFileName());
        world.configure("");

        assertThat(report("-o", document, "--compare", another)).isEqualTo(2);

        assertThat(world.err.toString()).contains(document + " is not replaced, because this report is not complete");
        assertThat(document).hasContent(earlier);
    }

    /** Otherwise, a pipeline would take roles that no entitlement allows for roles without an IamServiceAccount. */
    @Test
    void failsIfIamServiceAccountsCannotBeRead() {
        world.server.intercept(request -> request.path().contains("iamserviceaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        assertThat(report("-o", page, "--fail-on=not-entitled")).isEqualTo(2);

        assertThat(world.err.toString())
                .contains("error: the report is not complete: IamServiceAccounts are not shown: ");
    }

    @Test
    void comparesWithAnEarlierReport() {
        assertThat(report("-o", document)).isZero();
        world.role(world.home, "search");

        assertThat(report("-o", page, "--compare", document)).isZero();
        assertThat(world.out.toString()).contains("""

                arn:aws:iam::111122223333:role/search
                  + ServiceAccount shop/search, linked by annotation
                  + flag no-boundary
                """);
        assertThat(page).content().contains("\"changes\":{\"since\":\"");
        assertThat(report("-o", "json", "--compare", document)).isZero();
        assertThat(world.out.toString()).contains("\"kind\":\"added\",\"what\":\"flag no-boundary\"");

        assertThat(report("-o", page, "-A", "--compare", document)).isEqualTo(2);
        assertThat(world.err.toString())
                .contains("it is of namespace shop, and this one of all namespaces; name a report of");
        assertThat(report("-o", page, "--compare", page)).isEqualTo(2);
        assertThat(world.err.toString()).contains("access.html is not a report in JSON; name a file that");
        assertThat(report("-o", page, "--compare", folder.resolve("none.json"))).isEqualTo(2);
        assertThat(world.err.toString()).contains("none.json cannot be read: NoSuchFileException");
    }

    @Test
    void rejectsWhatItCannotWrite() {
        assertThat(report()).isEqualTo(2);
        assertThat(report("-o", "access.txt")).isEqualTo(2);
        assertThat(world.err.toString()).contains("--output access.txt has no known format; end the name");
        assertThat(report("-o", "json", "-o", "csv")).isEqualTo(2);
        assertThat(world.err.toString()).contains("--output names standard output twice; write one");
        assertThat(report("-o", "csv", "--compare", "old.json")).isEqualTo(2);
        assertThat(world.err.toString()).contains("--compare cannot be combined with --output csv, which");
    }

    @Test
    void completesFlags() {
        CommandLine plugin = OperatorMain.commandLine(Optional.of("kubectl irsa"));
        plugin.setOut(new PrintWriter(world.out, true));

        assertThat(plugin.execute("__complete", "report", "--fail-on", "no")).isZero();

        assertThat(world.out.toString()).isEqualTo("no-boundary\nnot-entitled\n:4\n");
    }

    @Test
    void listsTheFlagsInTheHelp() {
        String help = new CommandLine(new ReportCommand()).getUsageMessage();

        assertThat(help.replaceAll("\\s+", " "))
                .contains(
                        "no-boundary, any-action, any-resource, privilege-escalation, wide-trust, not-entitled, unused, quarantined");
    }
}
