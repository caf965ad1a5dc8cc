package dev.irsa.kubectl;

import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.CredentialsDocument;
import dev.irsa.kubectl.get.CredentialsRow;
import dev.irsa.kubectl.get.CredentialsRows;
import dev.irsa.kubectl.get.CredentialsTable;
import dev.irsa.kubectl.get.Inventory;
import dev.irsa.kubectl.get.InventoryReader;
import dev.irsa.kubectl.get.RetainedRoles;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code kubectl irsa get}, which lists the ServiceAccounts that have AWS credentials. */
@Command(
        name = "get",
        description = {
            "Lists the ServiceAccounts that have AWS credentials: the role, how pods get it, and the tool that manages the"
                    + " role. OLD PODS counts the pods whose credentials differ from those that a new pod would get.",
            "A question mark marks what is likely but not certain. It reads AWS with your credentials, and changes nothing."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the list was read, even if it is empty",
            "1:it could not be read, or the named ServiceAccount has no AWS credentials",
            "2:the usage or the configuration is not valid"
        },
        mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {
    private static final Pattern KIND = Pattern.compile("(?:sa|serviceaccounts?)/");

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of a ServiceAccount, also as sa/NAME. Default: all of the namespace")
    @Nullable
    private String name;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "List the ServiceAccounts of all namespaces")
    private boolean allNamespaces;

    @Option(
            names = "--retained",
            description = "List the roles that outlived their IamServiceAccounts instead. NAME is then the name of an"
                    + " IamServiceAccount")
    private boolean retained;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (allNamespaces && name != null) {
            options.output().fail("a name cannot be combined with -A; use -n");
            return StartFailure.CONFIGURATION;
        }
        return options.run(this::show);
    }

    private int show(KubernetesClient client, Output output) throws InterruptedException, StartFailure {
        Scope scope = new Scope(
                allNamespaces ? Optional.empty() : Optional.of(options.namespace(client)),
                Optional.ofNullable(name).map(given -> KIND.matcher(given).replaceFirst("")));
        if (retained) {
            RetainedRoles roles = new RetainedList(options, scope, output).read(client);
            roles.notRead().forEach(account -> output.fail("the list is not complete: " + account.reason()));
            int exitCode = roles.notRead().isEmpty() ? 0 : StartFailure.ENVIRONMENT;
            if (roles.items().isEmpty() && options.format == OutputFormat.table) {
                output.note("No retained roles found"
                        + scope.namespace().map(in -> " for namespace " + in).orElse("")
                        + (roles.notRead().isEmpty() ? "." : " in the accounts that were read."));
            } else {
                options.print(output, roles::format, () -> roles);
            }
            return exitCode;
        }
        InventoryReader reader = new InventoryReader(scope, output::warn);
        output.progress("reading the cluster");
        Inventory cluster = reader.withAccounts(
                reader.cluster(new KubernetesWorkloads(client)),
                new IamAccounts(new ApiServerReads(client)::accounts)::id);
        Inventory all = options.aws.noAws() ? cluster : withAws(reader, cluster, client, output);
        List<CredentialsRow> rows = CredentialsRows.of(all);
        if (rows.isEmpty()
                && (options.format == OutputFormat.table || scope.name().isPresent())) {
            output.note(nothingFound(scope));
            return scope.name().isPresent() ? StartFailure.ENVIRONMENT : 0;
        }
        options.print(
                output,
                terminal -> CredentialsTable.format(rows, terminal),
                () -> CredentialsDocument.of(rows, all.accounts()));
        return 0;
    }

    /** Does not look for the AWS configuration if nothing is to be read: some of it may come from a slow endpoint. */
    private Inventory withAws(InventoryReader reader, Inventory cluster, KubernetesClient client, Output output)
            throws InterruptedException, StartFailure {
        Optional<OperatorSettings> settings =
                options.operator.find(client, problem -> warnOfMissingAssociations(problem, output));
        Optional<EksContext> eks = settings.flatMap(EksContext::of);
        SortedSet<String> accounts = CredentialsRows.accountsOfOthers(cluster);
        boolean hasEks = options.aws.eksClusterName().isPresent() || eks.isPresent();
        if (!hasEks && accounts.isEmpty()) {
            return cluster;
        }
        try (AccountReaders readers = new AccountReaders(options.aws, eks, settings)) {
            Inventory associated = cluster;
            if (hasEks) {
                output.progress("reading Pod Identity associations");
                associated = withAssociations(reader, cluster, readers.home(), output);
            }
            output.progress("reading roles");
            return reader.withRoles(associated, id -> readers.in(id).then(reads -> Evidence.of(reads.roles())));
        }
    }

    private static Inventory withAssociations(
            InventoryReader reader, Inventory cluster, Evidence<AwsReads> home, Output output)
            throws InterruptedException {
        if (home instanceof Evidence.Unreadable<AwsReads>(String problem)) {
            output.warn("Pod Identity associations are not shown: " + problem + "; or use --no-aws");
            return cluster;
        }
        Optional<AssociationReads> associations = home.known().flatMap(AwsReads::associations);
        return associations.isPresent() ? reader.withAssociations(cluster, associations.get()) : cluster;
    }

    private void warnOfMissingAssociations(String problem, Output output) {
        if (options.aws.eksClusterName().isEmpty()) {
            output.warn("Pod Identity associations are not shown: " + problem + "; or pass --eks-cluster-name");
        }
    }

    private static String nothingFound(Scope scope) {
        String where =
                scope.namespace().map(namespace -> " in namespace " + namespace).orElse("");
        String elsewhere = scope.namespace().isPresent() ? "; use -A for all namespaces." : ".";
        return scope.name()
                .map(account -> "ServiceAccount " + account + where + " does not exist, or has no AWS credentials.")
                .orElse("No ServiceAccounts with AWS credentials found" + where + elsewhere);
    }
}
