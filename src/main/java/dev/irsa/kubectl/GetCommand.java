package dev.irsa.kubectl;

import dev.irsa.kubectl.get.RemainingRoles.Kind;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.get.UnusedPeriod;
import dev.irsa.runtime.StartFailure;
import java.util.Optional;
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
            "A question mark marks what is likely but not certain. With -o wide, LAST USED is when IAM last saw a use of the role."
                    + " The command reads AWS with your credentials, and changes nothing."
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
            names = "--unused",
            paramLabel = "PERIOD",
            converter = UnusedPeriod.Converter.class,
            description =
                    "List only roles that were created longer ago than this period, and not used since then, such as"
                            + " 90d for 90 days")
    @Nullable
    private UnusedPeriod unused;

    @Option(
            names = "--retained",
            description = "List the roles that outlived their IamServiceAccounts instead. NAME is then the name of an"
                    + " IamServiceAccount")
    private boolean retained;

    @Option(
            names = "--orphaned",
            description =
                    "List the roles of this cluster whose IamServiceAccounts do not exist, and that are not retained,"
                            + " instead")
    private boolean orphaned;

    @Mixin
    private ReadOptions options = ReadOptions.withWide();

    @Mixin
    private ContextOptions contexts = new ContextOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (allNamespaces && name != null) {
            options.output().fail("a name cannot be combined with -A; use -n");
            return StartFailure.CONFIGURATION;
        }
        if (retained && orphaned) {
            options.output().fail("a retained role is not orphaned; use either --retained or --orphaned");
            return StartFailure.CONFIGURATION;
        }
        Optional<UnusedPeriod> period = Optional.ofNullable(unused);
        Optional<String> account =
                Optional.ofNullable(name).map(given -> KIND.matcher(given).replaceFirst(""));
        if (retained || orphaned) {
            RemainingRoleList list = new RemainingRoleList(options, retained ? Kind.retained : Kind.orphaned, period);
            return contexts.run(
                    options,
                    new EachCluster<>(
                            cluster -> list.read(cluster, scope(cluster, account)),
                            list::show,
                            StartFailure::exitCode));
        }
        CredentialsReader reader = new CredentialsReader(options, period.isPresent());
        CredentialsList list = new CredentialsList(options, account, period);
        return contexts.run(
                options,
                new EachCluster<>(
                        cluster -> reader.read(cluster, scope(cluster, account)), list::show, StartFailure::exitCode));
    }

    private Scope scope(Cluster cluster, Optional<String> account) {
        return new Scope(allNamespaces ? Optional.empty() : Optional.of(options.namespace(cluster.client())), account);
    }
}
