package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.aws.IamListing;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.EachAccount;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.get.RetainedRoles;
import dev.irsa.kubectl.get.RetainedRoles.RetainedRole;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
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
            EachAccount.Results<List<RetainedRole>> roles = new EachAccount(readers, iamAccounts, settings)
                    .read(account -> read(account, settings, resources));
            return new RetainedRoles(
                    roles.read().stream().flatMap(List::stream).toList(), NotRead.of(roles.notRead()));
        }
    }

    private List<RetainedRole> read(
            EachAccount.Account account, OperatorSettings settings, Optional<List<IamServiceAccount>> resources) {
        output.progress("reading the roles of the account");
        return RetainedRoles.read(
                account.iamAccount(),
                new IamListing(account.aws().clients().iam(), CallInterceptor.NONE, PAGE),
                settings.identity().owner("", ""),
                scope,
                resources.map(known -> known.stream()
                        .filter(resource -> resource.getSpec().accountName().equals(account.iamAccount()))
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
