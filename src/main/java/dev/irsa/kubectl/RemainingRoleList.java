package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.aws.IamListing;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.EachAccount;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.get.RemainingRoles;
import dev.irsa.kubectl.get.RemainingRoles.Kind;
import dev.irsa.kubectl.get.RemainingRoles.Listed;
import dev.irsa.kubectl.get.RemainingRolesTable;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.get.UnusedPeriod;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lists the roles in all accounts that remained when their resources were deleted. The list is complete, or the command fails: a user
 * who revokes access must not take a list that could not be read for an empty one. A resource adopts no role in another account than
 * its own.
 *
 * @param unused the period in which a listed role must not have been used; empty: all are listed
 */
record RemainingRoleList(ReadOptions options, Kind kind, Optional<UnusedPeriod> unused) {
    /** As in a sweep. */
    static final int PAGE = 1_000;

    /**
     * What remained of a cluster.
     *
     * @param namespace of its resources; empty: all namespaces
     */
    record Remaining(Optional<String> namespace, RemainingRoles roles) {}

    /** Prints the list, and returns the exit code, which does not count clusters that could not be read. */
    int show(ClusterResults<Remaining> clusters, Output output) {
        if (clusters.read().isEmpty() && options.format.isTable()) {
            return 0;
        }
        RemainingRoles roles = RemainingRoles.of(clusters.map(Remaining::roles));
        List<NotRead> missing =
                clusters.notReadOfRead(cluster -> cluster.roles().notRead());
        missing.forEach(account -> output.of(Objects.requireNonNullElse(account.cluster(), ""))
                .fail("the list is not complete: " + account.reason()));
        if (roles.items().isEmpty() && options.format.isTable()) {
            output.note("No " + kind + " roles "
                    + unused.map(period -> "without a use in " + period + " ").orElse("") + "found"
                    + clusters.namespaces(Remaining::namespace, " for ")
                    + (missing.isEmpty() ? "" : " in the accounts that were read") + clusters.inThoseRead() + ".");
        } else {
            boolean withUses = unused.isPresent() || options.format == OutputFormat.wide;
            options.print(output, terminal -> RemainingRolesTable.format(roles, withUses, terminal), () -> roles);
        }
        if (unused.isPresent() && options.format.isTable()) {
            output.note(UnusedPeriod.NOTE);
        }
        return missing.isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }

    Remaining read(Cluster cluster, Scope scope) throws StartFailure {
        return new Remaining(scope.namespace(), roles(cluster, scope));
    }

    private RemainingRoles roles(Cluster cluster, Scope scope) throws StartFailure {
        KubernetesClient client = cluster.client();
        if (options.aws.noAws()) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, kind + " roles are known only from IAM; remove --no-aws");
        }
        OperatorSettings settings = settings(client);
        IamAccounts iamAccounts = new IamAccounts(new ApiServerReads(client)::accounts);
        Instant now = InstantSource.system().instant();
        AccountReaders readers = cluster.accounts(options.aws, EksContext.of(settings), Optional.of(settings));
        EachAccount.Results<List<Listed>> read = new EachAccount(readers, iamAccounts, settings)
                .read(account -> read(account, settings, scope, cluster.output()));
        List<Listed> roles = read.read().stream()
                .flatMap(List::stream)
                .filter(role -> unused.isEmpty()
                        || role.use()
                                .filter(use -> unused.get().covers(use, now))
                                .isPresent())
                .toList();
        List<NotRead> notRead = NotRead.of(read.notRead());
        return switch (kind) {
            case retained -> RemainingRoles.retained(roles, resourcesIfReadable(cluster, scope), notRead);
            case orphaned ->
                RemainingRoles.orphaned(
                        roles,
                        allResources(client, settings, scope),
                        settings.identity().name(),
                        notRead);
        };
    }

    private List<Listed> read(EachAccount.Account account, OperatorSettings settings, Scope scope, Output output) {
        output.progress("reading the roles of the account");
        return RemainingRoles.read(
                kind,
                account.iamAccount(),
                new IamListing(account.aws().clients().iam(), CallInterceptor.NONE, PAGE),
                settings.identity().owner("", ""),
                scope);
    }

    private OperatorSettings settings(KubernetesClient client) throws StartFailure {
        AtomicReference<String> problem =
                new AtomicReference<>("the operator is not installed; see --operator-namespace and --operator-name");
        return options.operator
                .find(client, problem::set)
                .orElseThrow(() -> new StartFailure(
                        StartFailure.ENVIRONMENT,
                        "the settings of the operator name the cluster whose roles are " + kind + ": "
                                + problem.get()));
    }

    private static Optional<List<IamServiceAccount>> resourcesIfReadable(Cluster cluster, Scope scope) {
        return UserMessage.unlessFailed(
                "it is not known which resources exist",
                () -> new KubernetesWorkloads(cluster.client()).resources(scope.namespace()),
                cluster.output()::warn);
    }

    /**
     * Returns the resources of the scope. Without all of them, roles in use would be listed as orphaned. Therefore this fails if the
     * cluster has no such API, or is not the one of the settings.
     */
    private List<IamServiceAccount> allResources(KubernetesClient client, OperatorSettings settings, Scope scope)
            throws StartFailure {
        options.operator.requireCluster(client, settings);
        try {
            ApiServerReads reads = new ApiServerReads(client);
            return scope.namespace().map(reads::resources).orElseGet(reads::allResources);
        } catch (FailureException e) {
            String why = e.failure().reason() == Reason.Reconciling
                    ? "the cluster has no IamServiceAccounts of this version; apply the CustomResourceDefinitions and the"
                            + " resources again, or use the plugin of the operator's version"
                    : UserMessage.of(e.failure());
            throw new StartFailure(StartFailure.ENVIRONMENT, "it is not known which roles are orphaned: " + why);
        }
    }
}
