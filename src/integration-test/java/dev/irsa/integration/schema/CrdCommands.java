package dev.irsa.integration.schema;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Kubectl;
import java.nio.file.Path;
import java.util.List;

/** Commands of kubectl for tests of the CRDs. */
final class CrdCommands {
    private CrdCommands() {}

    /** Applies a CRD by its plural, such as {@code iamentitlements}, and waits until it is established. */
    static void applyCrd(Kubectl kubectl, String plural) {
        kubectl.applyFile(Path.of("crds", plural + ".irsa.dev.yaml")).orThrow();
        kubectl.get("wait", "--for=condition=Established", "crd/" + plural + ".irsa.dev");
    }

    /** Creates the object as a dry run, so that nothing is left if the server accepts it. */
    static Command.Result dryRun(Kubectl kubectl, String manifest) {
        return kubectl.run(manifest, List.of("create", "--validate=strict", "--dry-run=server", "--filename=-"));
    }

    /** Removes the padding of a table and replaces the age with {@code _}. */
    static String row(String table) {
        return table.replaceAll(" +", " ").replaceAll(" ?\n", "|").replaceAll(" \\d+s", " _");
    }
}
