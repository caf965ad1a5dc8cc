package dev.irsa.kubectl;

import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.WhatCan;
import dev.irsa.kubectl.access.WhoCan;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.runtime.StartFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Implements {@code kubectl irsa what-can}, which lists what the roles of one ServiceAccount allow. */
@Command(
        name = "what-can",
        description = {
            "Lists what the roles that a ServiceAccount can use allow, by service, with conditions, the permissions boundary, and what"
                    + " is denied. The command changes nothing."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the ServiceAccount can use a role",
            "1:it can use none, or does not exist",
            "2:the usage is not valid, or something could not be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kubectl irsa what-can payments/invoices", "  kubectl irsa what-can invoices -n payments -o json"},
        exitCodeOnExecutionException = StartFailure.CONFIGURATION,
        mixinStandardHelpOptions = true)
public final class WhatCanCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("(?:sa/|serviceaccounts?/)?(?:([a-z0-9-]+)/)?([a-z0-9.-]+)");

    @Parameters(paramLabel = "NAME", description = "ServiceAccount, as NAME, NAMESPACE/NAME, or sa/NAME")
    @SuppressWarnings("NullAway.Init")
    private String account;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Override
    public Integer call() throws InterruptedException {
        Matcher given = NAME.matcher(account);
        if (!given.matches()) {
            options.output().fail("\"" + account + "\" is not the name of a ServiceAccount; write NAMESPACE/NAME");
            return StartFailure.CONFIGURATION;
        }
        Optional<String> namespace = Optional.ofNullable(given.group(1));
        if (namespace.isPresent()
                && options.namespace != null
                && !namespace.get().equals(options.namespace)) {
            options.output().fail("-n names another namespace than " + account + "; remove one of them");
            return StartFailure.CONFIGURATION;
        }
        String name = given.group(2);
        return options.run(
                (client, output) -> new EachCluster<>(
                                cluster -> new AccessReader(options).read(cluster, scope(namespace, name, cluster)),
                                (clusters, _) -> show(clusters, output, name),
                                _ -> StartFailure.CONFIGURATION)
                        .one(client, output),
                StartFailure.CONFIGURATION);
    }

    private Scope scope(Optional<String> namespace, String name, Cluster cluster) {
        return new Scope(namespace.or(() -> Optional.of(options.namespace(cluster.client()))), Optional.of(name));
    }

    private int show(ClusterResults<ClusterAccess> cluster, Output output, String name) throws InterruptedException {
        String namespace = cluster.values()
                .flatMap(only -> only.namespace().stream())
                .findFirst()
                .orElseThrow();
        AccessInventory inventory = GrantReader.read(cluster, output, GrantReader.Further.NONE)
                .values()
                .findFirst()
                .orElseThrow()
                .access();
        WhatCan what = WhatCan.of(namespace, name, inventory);
        if (!what.roles().isEmpty() || options.format != OutputFormat.table) {
            options.print(output, what::format, () -> what);
        } else {
            output.note("ServiceAccount " + namespace + "/" + name
                    + " does not exist, or no role in the accounts that were read admits it.");
        }
        if (options.format == OutputFormat.table) {
            output.note(WhoCan.limits());
        }
        if (inventory.incompleteness().isPresent()) {
            output.fail(inventory.incompleteness().get());
            return StartFailure.CONFIGURATION;
        }
        return what.roles().isEmpty() ? StartFailure.ENVIRONMENT : 0;
    }
}
