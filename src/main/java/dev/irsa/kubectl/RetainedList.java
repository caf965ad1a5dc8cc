package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.aws.IamListing;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.RetainedRoles;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Lists the retained roles in all accounts. The list is complete, or the command fails: a user who revokes access must not take a list
 * that could not be read for an empty one. A resource adopts no role in another account than its own.
 */
record RetainedList(ReadOptions options, Scope scope, Output output) {
    /** As in a sweep. */
    private static final int PAGE = 200;

    RetainedRoles read(KubernetesClient client) throws StartFailure {
        if (options.aws.noAws()) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, "retained roles are known only from IAM; remove --no-aws");
        }
        OperatorSettings settings = settings(client);
        Optional<List<IamServiceAccount>> resources = resources(client);
        IamAccounts iamAccounts = new IamAccounts(new ApiServerReads(client)::accounts);
        try (AccountReaders readers = new AccountReaders(options.aws, EksContext.of(settings), Optional.of(settings))) {
            RetainedRoles roles = read("", home(readers), settings, resources);
            return switch (iamAccounts.all()) {
                case Evidence.Known<List<IamAccount>>(List<IamAccount> known) -> {
                    for (IamAccount account : onePerAccount(known, iamAccounts, settings)) {
                        roles = roles.and(inOther(account, readers, settings, resources));
                    }
                    yield roles;
                }
                case Evidence.Unreadable<List<IamAccount>>(String why) ->
                    roles.and(RetainedRoles.unknown(
                            "",
                            "other accounts are not known: " + why + "; ask for the permission to list iamaccounts"));
            };
        }
    }

    private static AwsReads home(AccountReaders readers) throws StartFailure {
        return switch (readers.home()) {
            case Evidence.Known<AwsReads>(AwsReads aws) -> aws;
            case Evidence.Unreadable<AwsReads>(String problem) ->
                throw new StartFailure(StartFailure.ENVIRONMENT, problem);
        };
    }

    /** Of several IamAccounts for one account, at most one manages roles. */
    private static Collection<IamAccount> onePerAccount(
            List<IamAccount> known, IamAccounts accounts, OperatorSettings own) {
        Map<String, IamAccount> byId = new TreeMap<>();
        for (IamAccount account : known) {
            String id = account.getSpec().accountID();
            try {
                OperatorSettings _ = accounts.settings(account, own);
                byId.put(id, account);
            } catch (FailureException e) {
                byId.putIfAbsent(id, account);
            }
        }
        return byId.values();
    }

    /** The operator manages no roles through an IamAccount for its own account. */
    private RetainedRoles inOther(
            IamAccount account,
            AccountReaders readers,
            OperatorSettings settings,
            Optional<List<IamServiceAccount>> resources) {
        String id = account.getSpec().accountID();
        if (id.equals(settings.identity().account().id())) {
            return new RetainedRoles(List.of(), List.of());
        }
        try {
            return switch (readers.in(id)) {
                case Evidence.Known<AwsReads>(AwsReads aws) ->
                    read(account.getMetadata().getName(), aws, settings, resources);
                case Evidence.Unreadable<AwsReads>(String why) -> RetainedRoles.unknown(id, why);
            };
        } catch (FailureException e) {
            return RetainedRoles.unknown(id, "account " + id + " cannot be read: " + UserMessage.of(e.failure()));
        }
    }

    private RetainedRoles read(
            String account, AwsReads aws, OperatorSettings settings, Optional<List<IamServiceAccount>> resources) {
        output.progress("reading the roles of the account");
        return RetainedRoles.read(
                account,
                new IamListing(aws.clients().iam(), CallInterceptor.NONE, PAGE),
                settings.identity().owner("", ""),
                scope,
                resources.map(known -> known.stream()
                        .filter(resource -> resource.getSpec().accountName().equals(account))
                        .map(AccountKey::of)
                        .collect(Collectors.toSet())));
    }

    private OperatorSettings settings(KubernetesClient client) throws StartFailure {
        AtomicReference<String> problem =
                new AtomicReference<>("the operator is not installed; see --operator-namespace and --operator-name");
        return options.operator
                .find(client, problem::set)
                .orElseThrow(() -> new StartFailure(
                        StartFailure.ENVIRONMENT,
                        "the settings of the operator name the cluster that roles are retained for: " + problem.get()));
    }

    private Optional<List<IamServiceAccount>> resources(KubernetesClient client) {
        return UserMessage.unlessFailed(
                "it is not known which resources exist",
                () -> new KubernetesWorkloads(client).resources(scope.namespace()),
                output::warn);
    }
}
