package dev.irsa.kubectl;

import dev.irsa.aws.IamListing;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.CredentialsDocument;
import dev.irsa.kubectl.get.CredentialsRow;
import dev.irsa.kubectl.get.CredentialsRows;
import dev.irsa.kubectl.get.CredentialsTable;
import dev.irsa.kubectl.get.ListedCredentials;
import dev.irsa.kubectl.get.RoleUses;
import dev.irsa.kubectl.get.UnusedPeriod;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.port.CallInterceptor;
import dev.irsa.runtime.StartFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Lists the ServiceAccounts that have AWS credentials.
 *
 * @param name of the ServiceAccount; empty: all are listed
 * @param unused the period in which the role must not have been used; empty: all are listed
 */
record CredentialsList(ReadOptions options, Optional<String> name, Optional<UnusedPeriod> unused) {
    /** Prints the list, and returns the exit code, which does not count clusters that could not be read. */
    int show(ClusterResults<CredentialsReader.Read> clusters, Output output) {
        if (clusters.read().isEmpty() && options.format.isTable()) {
            return 0;
        }
        ClusterResults<ListedCredentials> listed = listed(clusters);
        boolean isEmpty = listed.values().allMatch(cluster -> cluster.rows().isEmpty());
        if (isEmpty && !clusters.read().isEmpty() && (options.format.isTable() || name.isPresent())) {
            output.note(nothingFound(clusters));
            return name.isPresent() ? StartFailure.ENVIRONMENT : 0;
        }
        if (unused.isPresent()) {
            return showUnused(unused.get(), listed, clusters, output);
        }
        listed.read()
                .forEach(cluster -> cluster.value()
                        .uses()
                        .notRead()
                        .values()
                        .forEach(why -> output.of(cluster.cluster())
                                .warn("it is not shown when some roles were last used: " + why)));
        print(listed, output);
        return 0;
    }

    /** A user who looks for unused roles must not take a list that could not be read for a complete one. */
    private int showUnused(
            UnusedPeriod period,
            ClusterResults<ListedCredentials> listed,
            ClusterResults<CredentialsReader.Read> clusters,
            Output output) {
        listed.read().forEach(cluster -> {
            Output about = output.of(cluster.cluster());
            RoleUses uses = cluster.value().uses();
            uses.notRead().values().forEach(why -> about.fail("the list is not complete: " + why));
            long unknown = cluster.value().rows().stream().filter(uses::lack).count();
            if (unknown > 0) {
                about.warn("the last use of some roles is not known, so their ServiceAccounts (" + unknown
                        + ") are not listed; -o wide shows them with a question mark");
            }
        });
        boolean complete =
                listed.values().allMatch(cluster -> cluster.uses().notRead().isEmpty());
        Instant now = InstantSource.system().instant();
        ClusterResults<ListedCredentials> shown = listed.map(cluster -> cluster.unused(period, now));
        if (options.format.isTable()
                && shown.values().allMatch(cluster -> cluster.rows().isEmpty())) {
            output.note("No roles without a use in " + period + " found" + where(clusters)
                    + (complete ? "" : " in the accounts that were read") + clusters.inThoseRead() + ".");
        } else {
            print(shown, output);
        }
        if (options.format.isTable()) {
            output.note(UnusedPeriod.NOTE);
        }
        return complete ? 0 : StartFailure.ENVIRONMENT;
    }

    private void print(ClusterResults<ListedCredentials> listed, Output output) {
        boolean withUses = unused.isPresent() || options.format == OutputFormat.wide;
        options.print(
                output,
                terminal -> CredentialsTable.format(listed, withUses, terminal),
                () -> CredentialsDocument.of(listed));
    }

    /** Reads when roles were last used. Each account is read once, because the roles of several clusters may be in it. */
    private static ClusterResults<ListedCredentials> listed(ClusterResults<CredentialsReader.Read> clusters) {
        Map<String, AccountReaders> readers = new HashMap<>();
        List<CredentialsRow> wanted = new ArrayList<>();
        clusters.values()
                .forEach(cluster -> cluster.accounts()
                        .ifPresent(accounts -> CredentialsRows.of(cluster.inventory())
                                .forEach(row -> {
                                    wanted.add(row);
                                    row.roleArn()
                                            .flatMap(RoleArn::of)
                                            .ifPresent(arn -> readers.putIfAbsent(arn.account(), accounts));
                                })));
        RoleUses uses = RoleUses.read(
                wanted,
                id -> Objects.requireNonNull(readers.get(id), id)
                        .in(id)
                        .then(reads -> Evidence.of(
                                new IamListing(reads.clients().iam(), CallInterceptor.NONE, RemainingRoleList.PAGE))));
        return clusters.map(cluster -> listed(cluster, uses));
    }

    private static ListedCredentials listed(CredentialsReader.Read cluster, RoleUses uses) {
        if (cluster.accounts().isEmpty()) {
            return ListedCredentials.of(cluster.inventory(), RoleUses.NONE);
        }
        ListedCredentials listed = ListedCredentials.of(cluster.inventory().withRoleTags(uses.tags()), uses);
        return cluster.unassociated() ? listed.without("Pod Identity associations could not be read") : listed;
    }

    private static String where(ClusterResults<CredentialsReader.Read> clusters) {
        return clusters.namespaces(cluster -> cluster.scope().namespace(), " in ");
    }

    private String nothingFound(ClusterResults<CredentialsReader.Read> clusters) {
        String where = where(clusters);
        String elsewhere = clusters.inThoseRead() + (where.isEmpty() ? "." : "; use -A for all namespaces.");
        return name.map(account -> "ServiceAccount " + account + where + " does not exist, or has no AWS credentials"
                        + clusters.inThoseRead() + ".")
                .orElse("No ServiceAccounts with AWS credentials found" + where + elsewhere);
    }
}
