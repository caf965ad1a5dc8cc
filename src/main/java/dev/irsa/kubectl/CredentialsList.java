package dev.irsa.kubectl;

import dev.irsa.aws.IamListing;
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
import dev.irsa.kubectl.get.RoleUses;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.get.UnusedPeriod;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Lists the ServiceAccounts that have AWS credentials.
 *
 * @param unused the period in which the role must not have been used; empty: all are listed
 */
record CredentialsList(ReadOptions options, Scope scope, Optional<UnusedPeriod> unused, Output output) {
    private record Found(Inventory inventory, RoleUses uses) {}

    /** Prints the list, and returns the exit code. */
    int show(KubernetesClient client) throws InterruptedException, StartFailure {
        if (unused.isPresent() && options.aws.noAws()) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, "when roles were last used is known only from IAM; remove --no-aws");
        }
        InventoryReader reader = new InventoryReader(scope, output::warn);
        output.progress("reading the cluster");
        Inventory cluster = reader.withAccounts(
                reader.cluster(new KubernetesWorkloads(client)),
                new IamAccounts(new ApiServerReads(client)::accounts)::id);
        Found found = options.aws.noAws() ? new Found(cluster, RoleUses.NONE) : withAws(reader, cluster, client);
        List<CredentialsRow> rows = CredentialsRows.of(found.inventory());
        if (rows.isEmpty() && (options.format.isTable() || scope.name().isPresent())) {
            output.note(nothingFound());
            return scope.name().isPresent() ? StartFailure.ENVIRONMENT : 0;
        }
        if (unused.isPresent()) {
            return showUnused(unused.get(), rows, found);
        }
        found.uses()
                .notRead()
                .values()
                .forEach(why -> output.warn("it is not shown when some roles were last used: " + why));
        print(rows, found);
        return 0;
    }

    /** A user who looks for unused roles must not take a list that could not be read for a complete one. */
    private int showUnused(UnusedPeriod period, List<CredentialsRow> rows, Found found) {
        SortedMap<String, String> notRead = found.uses().notRead();
        notRead.values().forEach(why -> output.fail("the list is not complete: " + why));
        long unknown = rows.stream().filter(found.uses()::lack).count();
        if (unknown > 0) {
            output.warn("the last use of some roles is not known, so their ServiceAccounts (" + unknown
                    + ") are not listed; -o wide shows them with a question mark");
        }
        Instant now = InstantSource.system().instant();
        List<CredentialsRow> shown = rows.stream()
                .filter(row -> found.uses()
                        .of(row)
                        .filter(use -> period.covers(use, now))
                        .isPresent())
                .toList();
        if (shown.isEmpty() && options.format.isTable()) {
            output.note("No roles without a use in " + period + " found" + where()
                    + (notRead.isEmpty() ? "." : " in the accounts that were read."));
        } else {
            print(shown, found);
        }
        if (options.format.isTable()) {
            output.note(UnusedPeriod.NOTE);
        }
        return notRead.isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }

    private void print(List<CredentialsRow> rows, Found found) {
        Optional<RoleUses> uses = wantsUses() ? Optional.of(found.uses()) : Optional.empty();
        options.print(
                output,
                terminal -> CredentialsTable.format(rows, uses, terminal),
                () -> CredentialsDocument.of(
                        rows, found.uses(), found.inventory().accounts()));
    }

    /** Does not look for the AWS configuration if nothing is to be read: some of it may come from a slow endpoint. */
    private Found withAws(InventoryReader reader, Inventory cluster, KubernetesClient client)
            throws InterruptedException, StartFailure {
        Optional<OperatorSettings> settings = options.operator.find(client, this::warnOfMissingAssociations);
        Optional<EksContext> eks = settings.flatMap(EksContext::of);
        SortedSet<String> accounts = CredentialsRows.accountsOfOthers(cluster);
        boolean hasEks = options.aws.eksClusterName().isPresent() || eks.isPresent();
        if (!hasEks && accounts.isEmpty() && !wantsUses()) {
            return new Found(cluster, RoleUses.NONE);
        }
        try (AccountReaders readers = new AccountReaders(options.aws, eks, settings)) {
            Inventory associated = cluster;
            if (hasEks) {
                output.progress("reading Pod Identity associations");
                associated = withAssociations(reader, cluster, readers.home());
            }
            output.progress("reading roles");
            if (!wantsUses()) {
                return new Found(
                        reader.withRoles(associated, id -> readers.in(id).then(reads -> Evidence.of(reads.roles()))),
                        RoleUses.NONE);
            }
            RoleUses uses = uses(associated, readers);
            boolean incomplete =
                    unused.isPresent() && hasEks && associated.associations().isEmpty();
            return new Found(
                    associated.withRoleTags(uses.tags()),
                    incomplete ? uses.without("Pod Identity associations could not be read") : uses);
        }
    }

    private boolean wantsUses() {
        return unused.isPresent() || options.format == OutputFormat.wide;
    }

    private static RoleUses uses(Inventory inventory, AccountReaders readers) {
        return RoleUses.read(
                CredentialsRows.of(inventory),
                id -> readers.in(id)
                        .then(reads -> Evidence.of(
                                new IamListing(reads.clients().iam(), CallInterceptor.NONE, RemainingRoleList.PAGE))));
    }

    private Inventory withAssociations(InventoryReader reader, Inventory cluster, Evidence<AwsReads> home)
            throws InterruptedException {
        if (home instanceof Evidence.Unreadable<AwsReads>(String problem)) {
            output.warn("Pod Identity associations are not shown: " + problem + "; or use --no-aws");
            return cluster;
        }
        Optional<AssociationReads> associations = home.known().flatMap(AwsReads::associations);
        return associations.isPresent() ? reader.withAssociations(cluster, associations.get()) : cluster;
    }

    private void warnOfMissingAssociations(String problem) {
        if (options.aws.eksClusterName().isEmpty()) {
            output.warn("Pod Identity associations are not shown: " + problem + "; or pass --eks-cluster-name");
        }
    }

    private String where() {
        return scope.namespace().map(namespace -> " in namespace " + namespace).orElse("");
    }

    private String nothingFound() {
        String elsewhere = scope.namespace().isPresent() ? "; use -A for all namespaces." : ".";
        return scope.name()
                .map(account -> "ServiceAccount " + account + where() + " does not exist, or has no AWS credentials.")
                .orElse("No ServiceAccounts with AWS credentials found" + where() + elsewhere);
    }
}
