package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.GrantFinder;
import dev.irsa.kubectl.aws.IamAccountRoles;
import dev.irsa.kubectl.aws.IamAccountRoles.Found;
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
import dev.irsa.kubectl.get.ParallelReads;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.report.ReportSources;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads which ServiceAccounts can use which roles, in all accounts, and what the policies of the roles allow. It needs neither the operator
 * nor an IamServiceAccount.
 */
final class AccessReader {
    private final ConnectionOptions options;
    private final Scope scope;
    private final Output output;
    private final List<Grant> grants = new ArrayList<>();
    private final List<NotRead> notRead = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    /** The policies of AWS are the same in every account. */
    private final Map<String, PolicyDocument> documents = new HashMap<>();

    AccessReader(ConnectionOptions options, Scope scope, Output output) {
        this.options = options;
        this.scope = scope;
        this.output = output;
    }

    /** Reads more about the roles of one account, as long as there is a connection. */
    @FunctionalInterface
    interface Further {
        /**
         * Reads it.
         *
         * @param grants those in the account
         * @param documents of managed policies, by ARN
         */
        void read(AwsReads aws, List<Grant> grants, Map<String, PolicyDocument> documents) throws InterruptedException;
    }

    AccessInventory read(KubernetesClient client) throws StartFailure, InterruptedException {
        return read(client, (_, _, _) -> {});
    }

    AccessInventory read(KubernetesClient client, Further further) throws StartFailure, InterruptedException {
        return sources(client, further).access();
    }

    /** Returns the same with what a report shows of the cluster. */
    ReportSources sources(KubernetesClient client, Further further) throws StartFailure, InterruptedException {
        if (options.aws.noAws()) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, "what roles allow is known only from IAM; remove --no-aws");
        }
        Optional<OperatorSettings> settings = options.operator.find(client, output::warn);
        Optional<EksContext> eks = settings.flatMap(EksContext::of).or(() -> EksContext.of(client.getConfiguration()));
        try (AccountReaders readers = new AccountReaders(options.aws, eks, settings)) {
            AwsReads home = readers.requireHome();
            String homeId = home.caller().get().account().id();
            Issuer issuer = issuer(client, settings);
            Inventory inventory = inventory(client, home, issuer);
            GrantFinder finder = new GrantFinder(
                    inventory,
                    issuer.hostAndPath(),
                    settings.map(operator -> operator.identity().delivery()).flatMap(DeliverySettings::eksClusterArn));
            account(homeId, home, finder, further);
            for (String id : others(client, inventory)) {
                if (!id.equals(homeId)) {
                    switch (readers.in(id)) {
                        case Evidence.Known<AwsReads>(AwsReads aws) -> account(id, aws, finder, further);
                        case Evidence.Unreadable<AwsReads>(String why) -> notRead.add(NotRead.of(id, why));
                    }
                }
            }
            return new ReportSources(
                    new AccessInventory(grants, documents, notRead),
                    inventory.resources(),
                    warnings,
                    issuer.hostAndPath(),
                    settings.map(OperatorSettings::identity));
        }
    }

    private Inventory inventory(KubernetesClient client, AwsReads home, Issuer issuer) throws InterruptedException {
        output.progress("reading the cluster");
        Inventory cluster = new InventoryReader(scope, warnings::add).withoutPods(new KubernetesWorkloads(client));
        warnings.forEach(output::warn);
        if (home.associations().isEmpty()) {
            if (issuer.eksRegion().isPresent()) {
                notRead.add(NotRead.of(
                        "",
                        "Pod Identity associations were not read, because the name of the cluster in EKS is not known; pass"
                                + " --eks-cluster-name"));
            }
            return cluster;
        }
        output.progress("reading Pod Identity associations");
        return new InventoryReader(scope, why -> notRead.add(NotRead.of("", why)))
                .withAssociations(cluster, home.associations().get());
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
    private Set<String> others(KubernetesClient client, Inventory inventory) {
        Set<String> ids = new TreeSet<>(CredentialsRows.accountsOfOthers(inventory));
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

    private void account(String id, AwsReads aws, GrantFinder finder, Further further) throws InterruptedException {
        try {
            output.progress("reading the roles of account " + id);
            Found found = new IamAccountRoles(aws.clients().iam()).roles(finder::mayAdmit);
            found.unreadable()
                    .forEach(role ->
                            notRead.add(NotRead.of(id, "role " + role + " has a policy that is not valid JSON")));
            if (!found.roles().isEmpty()) {
                Optional<Set<String>> audiences =
                        audiences(aws, finder, found.roles().getFirst().arn());
                List<Grant> inAccount = found.roles().stream()
                        .flatMap(role -> finder.grants(role, audiences))
                        .toList();
                readPolicies(id, aws, inAccount);
                grants.addAll(inAccount);
                further.read(aws, inAccount, documents);
            }
        } catch (FailureException e) {
            notRead.add(NotRead.of(id, "account " + id + " cannot be read: " + UserMessage.of(e.failure())));
        }
    }

    /** Returns empty if the user may not read the provider. Without a provider, no token of the cluster is accepted. */
    private Optional<Set<String>> audiences(AwsReads aws, GrantFinder finder, String anyRole) {
        return UserMessage.unlessFailed(
                "the OIDC provider could not be read",
                () -> finder.provider(anyRole)
                        .flatMap(provider -> aws.providers().audiences(provider))
                        .orElse(Set.of()),
                why -> notRead.add(NotRead.of("", why)));
    }

    /** Reads each policy once. A policy that the user may not read may allow and deny anything. */
    private void readPolicies(String id, AwsReads aws, List<Grant> inAccount) throws InterruptedException {
        Set<String> wanted = inAccount.stream()
                .flatMap(grant -> grant.role().namedPolicies().stream())
                .filter(arn -> !documents.containsKey(arn))
                .collect(Collectors.toCollection(TreeSet::new));
        output.progress("reading " + wanted.size() + " managed policies of account " + id);
        ParallelReads.Result<String, PolicyDocument> read = new ParallelReads<>(aws.policies()::document).all(wanted);
        documents.putAll(read.found());
        read.failure()
                .ifPresent(
                        failure -> output.warn("some managed policies are not evaluated: " + UserMessage.of(failure)));
    }
}
