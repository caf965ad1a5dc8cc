package dev.irsa.kubectl;

import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.CredentialsRows;
import dev.irsa.kubectl.get.Inventory;
import dev.irsa.kubectl.get.InventoryReader;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Reads which ServiceAccounts of a cluster have AWS credentials. The last uses of roles are not read yet, because several clusters may have
 * roles in the same account.
 *
 * @param unused whether the user asks for unused roles
 */
record CredentialsReader(ReadOptions options, boolean unused) {
    /**
     * What was read.
     *
     * @param accounts with the last uses of the roles; empty if the user does not ask for them, or there is nothing to read
     * @param unassociated whether associations that the cluster has, or may have, could not be read
     */
    record Read(Scope scope, Inventory inventory, Optional<AccountReaders> accounts, boolean unassociated) {}

    Read read(Cluster cluster, Scope scope) throws InterruptedException, StartFailure {
        if (unused && options.aws.noAws()) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, "when roles were last used is known only from IAM; remove --no-aws");
        }
        Output output = cluster.output();
        InventoryReader reader = new InventoryReader(scope, output::warn);
        output.progress("reading the cluster");
        Inventory known = reader.withAccounts(
                reader.cluster(new KubernetesWorkloads(cluster.client())),
                new IamAccounts(new ApiServerReads(cluster.client())::accounts)::id);
        return options.aws.noAws() ? new Read(scope, known, Optional.empty(), false) : withAws(reader, known, cluster);
    }

    /** Does not look for the AWS configuration if nothing is to be read: some of it may come from a slow endpoint. */
    private Read withAws(InventoryReader reader, Inventory known, Cluster cluster)
            throws InterruptedException, StartFailure {
        Output output = cluster.output();
        boolean wantsUses = unused || options.format == OutputFormat.wide;
        List<String> problems = new ArrayList<>();
        Optional<OperatorSettings> settings = options.operator.find(cluster.client(), problems::add);
        Optional<EksContext> eks = settings.flatMap(EksContext::of).or(() -> ofContext(cluster));
        boolean isUnknown = options.aws.areSeveralClusters() && settings.isEmpty() && eks.isEmpty();
        if (isUnknown && problems.isEmpty()) {
            problems.add("the operator is not installed; see --operator-namespace and --operator-name");
        }
        if (eks.isEmpty()) {
            problems.forEach(problem -> warnOfMissingAssociations(problem, output));
        }
        SortedSet<String> ofOthers = CredentialsRows.accountsOfOthers(known);
        boolean hasEks = options.aws.eksClusterName().isPresent() || eks.isPresent();
        if (!hasEks && ofOthers.isEmpty() && !wantsUses) {
            return new Read(reader.scope(), known, Optional.empty(), false);
        }
        AccountReaders accounts = cluster.accounts(options.aws, eks, settings);
        Inventory associated = known;
        if (hasEks) {
            output.progress("reading Pod Identity associations");
            associated = withAssociations(reader, known, accounts.home(), output);
        }
        output.progress("reading roles");
        if (wantsUses) {
            boolean unassociated =
                    (hasEks || isUnknown) && associated.associations().isEmpty();
            return new Read(reader.scope(), associated, Optional.of(accounts), unassociated);
        }
        Inventory withRoles =
                reader.withRoles(associated, id -> accounts.in(id).then(reads -> Evidence.of(reads.roles())));
        return new Read(reader.scope(), withRoles, Optional.empty(), false);
    }

    /** The user of several clusters cannot name each of them in EKS. Their contexts do, if they also name the account. */
    private Optional<EksContext> ofContext(Cluster cluster) {
        return options.aws.areSeveralClusters()
                ? EksContext.of(cluster.client().getConfiguration())
                        .filter(known -> known.account().isPresent())
                : Optional.empty();
    }

    private static Inventory withAssociations(
            InventoryReader reader, Inventory known, Evidence<AwsReads> home, Output output)
            throws InterruptedException {
        if (home instanceof Evidence.Unreadable<AwsReads>(String problem)) {
            output.warn("Pod Identity associations are not shown: " + problem + "; or use --no-aws");
            return known;
        }
        Optional<AssociationReads> associations = home.known().flatMap(AwsReads::associations);
        return associations.isPresent() ? reader.withAssociations(known, associations.get()) : known;
    }

    private void warnOfMissingAssociations(String problem, Output output) {
        if (options.aws.eksClusterName().isEmpty()) {
            output.warn("Pod Identity associations are not shown: " + problem + "; or pass "
                    + options.aws.flagOfOne("--eks-cluster-name"));
        }
    }
}
