package dev.irsa.kubectl;

import dev.irsa.core.collection.Sorted;
import dev.irsa.kubectl.access.GrantFinder;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.report.ReportSources;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a cluster says about who can use which roles, before a role is read.
 *
 * @param sources what was read of the cluster, without grants
 */
record ClusterAccess(Accounts accounts, GrantFinder finder, ReportSources sources) {
    /**
     * The AWS accounts in which roles for the cluster may be.
     *
     * @param homeId of the account of the operator and the cluster
     * @param others the ids of the accounts that IamAccounts, annotations, and associations name
     */
    record Accounts(AccountReaders readers, String homeId, AwsReads home, SortedSet<String> others) {
        Accounts {
            others = Sorted.copyOf(others);
        }

        boolean include(String id) {
            return id.equals(homeId) || others.contains(id);
        }

        Evidence<AwsReads> in(String id) {
            return id.equals(homeId) ? Evidence.of(home) : readers.in(id);
        }
    }

    /** Returns the namespace that the user asks about; empty: all namespaces. */
    Optional<String> namespace() {
        return sources.namespace();
    }

    List<NotRead> notRead() {
        return sources.access().notRead();
    }
}
