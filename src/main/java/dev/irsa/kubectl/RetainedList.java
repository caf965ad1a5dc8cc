package dev.irsa.kubectl;

import dev.irsa.aws.IamListing;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.RetainedRoles;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Lists the retained roles. The list is complete, or the command fails: a user who revokes access must not take a list that could
 * not be read for an empty one.
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
        Optional<Set<AccountKey>> existing = existing(client);
        try (AwsReads aws = AwsReads.connect(options.aws, EksContext.of(settings))) {
            Optional<String> mismatch = aws.accountMismatch(settings.identity().account());
            if (mismatch.isPresent()) {
                throw new StartFailure(StartFailure.ENVIRONMENT, mismatch.get() + "; use credentials for that account");
            }
            output.progress("reading the roles of the account");
            return RetainedRoles.read(
                    new IamListing(aws.clients().iam(), CallInterceptor.NONE, PAGE),
                    settings.identity().owner("", ""),
                    scope,
                    existing);
        }
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

    /** The list is of the account of the operator. A resource for another account never adopts a role in it. */
    private Optional<Set<AccountKey>> existing(KubernetesClient client) {
        return UserMessage.unlessFailed(
                "it is not known which resources exist",
                () -> new KubernetesWorkloads(client)
                        .resources(scope.namespace()).stream()
                                .filter(resource ->
                                        RoleInOtherAccount.of(resource).isEmpty())
                                .map(AccountKey::of)
                                .collect(Collectors.toSet()),
                output::warn);
    }
}
