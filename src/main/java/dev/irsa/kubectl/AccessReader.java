package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.GrantFinder;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.CredentialsRows;
import dev.irsa.kubectl.get.Inventory;
import dev.irsa.kubectl.get.InventoryReader;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.report.ReportSources;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads what decides in a cluster who can use which roles. It needs neither the operator nor an IamServiceAccount. {@link GrantReader} reads
 * the roles then, for all clusters.
 */
record AccessReader(ConnectionOptions options) {
    /** Reads a cluster, and makes sure that its account can be read. */
    ClusterAccess read(Cluster cluster, Scope scope) throws StartFailure, InterruptedException {
        if (options.aws.noAws()) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, "what roles allow is known only from IAM; remove --no-aws");
        }
        KubernetesClient client = cluster.client();
        Optional<OperatorSettings> settings = options.operator.find(client, cluster.output()::warn);
        Optional<EksContext> eks = eks(client, settings);
        AccountReaders readers = cluster.accounts(options.aws, eks, settings);
        AwsReads home = readers.requireHome();
        String homeId = home.caller().get().account().id();
        Issuer issuer = issuer(client, settings);
        List<String> warnings = new ArrayList<>();
        List<NotRead> notRead = new ArrayList<>();
        if (options.aws.areSeveralClusters() && settings.isEmpty() && eks.isEmpty()) {
            notRead.add(NotRead.of(
                    "",
                    "the AWS account of the cluster is not known, so only account " + homeId
                            + " was read, that of your credentials; run the command for it alone, with --context, or"
                            + " install the operator"));
        }
        cluster.output().progress("reading the cluster");
        Inventory known = new InventoryReader(scope, warnings::add).withoutPods(new KubernetesWorkloads(client));
        warnings.forEach(cluster.output()::warn);
        Inventory inventory = withAssociations(
                known, home, issuer, new InventoryReader(scope, why -> notRead.add(NotRead.of("", why))), cluster);
        SortedSet<String> others = others(client, inventory, notRead);
        return new ClusterAccess(
                new ClusterAccess.Accounts(readers, homeId, home, others),
                new GrantFinder(
                        inventory,
                        issuer.hostAndPath(),
                        settings.map(operator -> operator.identity().previousProviders())
                                .orElse(List.of()),
                        settings.map(operator -> operator.identity().delivery())
                                .flatMap(DeliverySettings::eksClusterArn)),
                new ReportSources(
                        scope.namespace(),
                        new AccessInventory(List.of(), Map.of(), notRead),
                        inventory.resources(),
                        warnings,
                        issuer.hostAndPath(),
                        settings.map(OperatorSettings::identity)));
    }

    /** The credentials for one of several clusters may be of an account that has another cluster of the same name. */
    private Optional<EksContext> eks(KubernetesClient client, Optional<OperatorSettings> settings) {
        return settings.flatMap(EksContext::of)
                .or(() -> EksContext.of(client.getConfiguration())
                        .filter(known -> !options.aws.areSeveralClusters()
                                || known.account().isPresent()));
    }

    private Inventory withAssociations(
            Inventory known, AwsReads home, Issuer issuer, InventoryReader reader, Cluster cluster)
            throws InterruptedException {
        if (home.associations().isPresent()) {
            cluster.output().progress("reading Pod Identity associations");
            return reader.withCurrentAssociations(known, home.associations().get());
        }
        if (issuer.eksRegion().isPresent()) {
            reader.warnings()
                    .accept(
                            "Pod Identity associations were not read, because the name of the cluster in EKS is not known; pass "
                                    + options.aws.flagOfOne("--eks-cluster-name"));
        }
        return known;
    }

    private static Issuer issuer(KubernetesClient client, Optional<OperatorSettings> settings) throws StartFailure {
        if (settings.isPresent()) {
            return settings.get().identity().issuer();
        }
        String url = new KubernetesDiagnosis(client).issuer();
        if (!url.startsWith("https://")) {
            throw new StartFailure(
                    StartFailure.ENVIRONMENT,
                    "AWS cannot trust the issuer of the cluster, " + PlainText.of(url)
                            + ", because it does not start with https://; set --service-account-issuer of the API server");
        }
        return new Issuer(url);
    }

    /** Returns the ids of the accounts that IamAccounts, annotations, and associations name. */
    private static SortedSet<String> others(KubernetesClient client, Inventory inventory, List<NotRead> notRead) {
        SortedSet<String> ids = new TreeSet<>(CredentialsRows.accountsOfOthers(inventory));
        inventory.associations().orElse(Map.of()).values().stream()
                .flatMap(association -> association.options().targetRoleArn().stream())
                .flatMap(arn -> RoleArn.of(arn).stream())
                .forEach(role -> ids.add(role.account()));
        switch (new IamAccounts(new ApiServerReads(client)::accounts).all()) {
            case Evidence.Known<List<IamAccount>>(List<IamAccount> all) ->
                all.forEach(account -> ids.add(account.getSpec().accountID()));
            case Evidence.Unreadable<List<IamAccount>>(String why) ->
                notRead.add(NotRead.of("", IamAccounts.unknown(why)));
        }
        return ids;
    }
}
