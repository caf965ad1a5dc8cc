package dev.irsa.kubectl;

import dev.irsa.core.access.AccessQuery;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.WhoCan;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.runtime.StartFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code kubectl irsa who-can}, which finds the ServiceAccounts whose roles allow an action. */
@Command(
        name = "who-can",
        description = {
            "Lists the ServiceAccounts whose roles allow an action, by the policies and the permissions boundary of each role. It starts"
                    + " from the roles whose trust policies admit this cluster, so it also finds roles that no annotation names.",
            "ALLOWED is \"perhaps\" if it depends on a condition, or if only a part of the resource is allowed. The command changes"
                    + " nothing."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:a ServiceAccount can, or perhaps can",
            "1:none can, by the policies of the roles",
            "2:the usage is not valid, or something could not be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl irsa who-can s3:DeleteObject 'arn:aws:s3:::invoices/*' -A",
            "  kubectl irsa who-can iam:PassRole --action-only -A"
        },
        exitCodeOnExecutionException = StartFailure.CONFIGURATION,
        mixinStandardHelpOptions = true)
public final class WhoCanCommand implements Callable<Integer> {
    private static final Pattern BUCKET = Pattern.compile("arn:[^:]*:s3:::[^/]+");
    private static final Pattern ACTION = Pattern.compile("\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+");

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "Action, such as s3:DeleteObject; * and ? are wildcards")
    @SuppressWarnings("NullAway.Init")
    private String action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RESOURCE",
            description = "ARN, such as arn:aws:s3:::invoices/*, or *; * and ? are wildcards")
    @Nullable
    private String resource;

    @Option(
            names = "--action-only",
            description = "Ask whether the action is allowed on any resource, instead of RESOURCE")
    private boolean actionOnly;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Ask about the ServiceAccounts of all namespaces")
    private boolean allNamespaces;

    @Option(
            names = "--prove",
            description =
                    "Also ask IAM's policy simulator about each role found, which makes a call for each of them. ACTION must not"
                            + " have wildcards")
    private boolean prove;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ContextOptions contexts = new ContextOptions();

    @Override
    public Integer call() throws InterruptedException {
        return contexts.runIfValid(
                invalid(), options, new EachCluster<>(this::read, this::show, _ -> StartFailure.CONFIGURATION));
    }

    private Optional<String> invalid() {
        if (!ACTION.matcher(action).matches()) {
            return Optional.of("\"" + action + "\" is not an action; write it as in a policy, such as s3:DeleteObject");
        }
        if (actionOnly && resource != null) {
            return Optional.of("RESOURCE cannot be combined with --action-only; remove one of them");
        }
        if (!actionOnly && resource == null) {
            return Optional.of("RESOURCE is missing; add an ARN, or --action-only to ask about any resource");
        }
        if (resource != null && !resource.equals("*") && !resource.startsWith("arn:")) {
            return Optional.of(
                    "\"" + resource + "\" is not an ARN; write it as in a policy, such as arn:aws:s3:::invoices/*");
        }
        if (prove && actionOnly) {
            return Optional.of("--prove needs a resource; replace --action-only with an ARN");
        }
        if (prove && (action.contains("*") || action.contains("?"))) {
            return Optional.of(
                    "IAM's policy simulator takes no wildcards in ACTION; name one action, or remove --prove");
        }
        return Optional.empty();
    }

    private ClusterAccess read(Cluster cluster) throws StartFailure, InterruptedException {
        Optional<String> namespace =
                allNamespaces ? Optional.empty() : Optional.of(options.namespace(cluster.client()));
        return new AccessReader(options).read(cluster, new Scope(namespace, Optional.empty()));
    }

    private int show(ClusterResults<ClusterAccess> clusters, Output output) throws InterruptedException {
        AccessQuery query = resource == null ? AccessQuery.of(action) : AccessQuery.of(action, resource);
        AccessProof proof = new AccessProof(query, output);
        ClusterResults<WhoCan> answers = GrantReader.read(clusters, output, prove ? proof : GrantReader.Further.NONE)
                .map(sources -> WhoCan.of(sources.access(), query, proof.decisions()));
        WhoCan who = WhoCan.of(answers);
        String namespaces = clusters.namespaces(ClusterAccess::namespace, "");
        if (!who.items().isEmpty() || options.format != OutputFormat.table) {
            options.print(output, who::format, () -> who);
        } else if (who.isCertainlyNone()) {
            output.note("No ServiceAccount" + clusters.namespaces(ClusterAccess::namespace, " in ")
                    + " has a role whose policies allow it"
                    + (allNamespaces ? "." : "; use -A for all namespaces."));
            if (resource != null && BUCKET.matcher(resource).matches()) {
                output.note("The ARN is that of a bucket. Its objects have ARNs such as " + resource + "/*.");
            }
        }
        if (options.format == OutputFormat.table && !clusters.read().isEmpty()) {
            if (!who.items().isEmpty() && !namespaces.isEmpty()) {
                output.note("Only " + namespaces + (namespaces.startsWith("the ") ? " were" : " was")
                        + " searched; use -A for all namespaces.");
            }
            output.note(WhoCan.limits());
        }
        Optional<String> missing = AccessInventory.incompleteness("answer", answers.notReadOfRead(WhoCan::notRead));
        if (missing.isPresent()) {
            output.fail(missing.get());
            return StartFailure.CONFIGURATION;
        }
        return who.isCertainlyNone() ? StartFailure.ENVIRONMENT : 0;
    }
}
