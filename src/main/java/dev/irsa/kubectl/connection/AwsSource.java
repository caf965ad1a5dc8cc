package dev.irsa.kubectl.connection;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.LastAppliedAssociations;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.port.OperatorSettings;
import dev.irsa.reconcile.identity.OidcProviderFinder;
import dev.irsa.runtime.StartFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a plan reads from AWS.
 *
 * @param aws the clients; empty if AWS is not read
 * @param reads what the plan is compared with; empty if AWS cannot be read
 * @param eksClusterName the name of the cluster in EKS, or its name in the operator's settings
 */
public record AwsSource(Optional<AwsReads> aws, Optional<PlanSources.Aws> reads, String eksClusterName)
        implements AutoCloseable {
    /**
     * Connects to AWS and makes sure that the credentials are for the account of the operator.
     *
     * @param warn receives why AWS cannot be read
     */
    public static AwsSource connect(AwsOptions options, OperatorSettings settings, Consumer<String> warn) {
        Optional<EksContext> eks = EksContext.of(settings);
        String eksClusterName = options.eksClusterName()
                .or(() -> eks.map(EksContext::name))
                .orElse(settings.identity().name());
        Optional<String> problem = options.noAws ? Optional.of("--no-aws is set") : Optional.empty();
        if (problem.isEmpty()) {
            try {
                AwsReads aws = AwsReads.connect(options, eks);
                return read(aws, settings, eksClusterName, warn);
            } catch (StartFailure e) {
                problem = Optional.of(e.problem());
            }
        }
        warn.accept("not compared with IAM: " + problem.get());
        return new AwsSource(Optional.empty(), Optional.empty(), eksClusterName);
    }

    private static AwsSource read(
            AwsReads aws, OperatorSettings settings, String eksClusterName, Consumer<String> warn) {
        Optional<AwsSource> source = Optional.empty();
        try {
            CallerIdentity caller = aws.caller().get();
            AwsAccount account = settings.identity().account();
            if (caller.account().id().equals(account.id())) {
                source = Optional.of(new AwsSource(
                        Optional.of(aws),
                        Optional.of(new PlanSources.Aws(
                                aws.roles(),
                                aws.associations().orElse(new LastAppliedAssociations(List.of())),
                                provider(aws, settings, warn))),
                        eksClusterName));
            } else {
                warn.accept("not compared with IAM: your AWS credentials are for account "
                        + caller.account().id() + ", and the roles are in account " + account.id());
            }
        } catch (FailureException e) {
            warn.accept("not compared with IAM: " + UserMessage.of(e.failure()));
        }
        if (source.isEmpty()) {
            aws.close();
        }
        return source.orElse(new AwsSource(Optional.empty(), Optional.empty(), eksClusterName));
    }

    /** Returns the provider; if the user may not read it, the one that the operator has found. */
    private static OidcProviderState provider(AwsReads aws, OperatorSettings settings, Consumer<String> warn) {
        OidcProviderState provider = new OidcProviderFinder(aws.providers()).observe(settings.identity());
        if (provider instanceof OidcProviderState.Unreadable) {
            warn.accept(
                    "not compared with the OIDC provider: you do not have the permission"
                            + " iam:GetOpenIDConnectProvider, so the plan assumes that the provider exists and has every audience");
            return new OidcProviderState.Unreadable(
                    Optional.of(settings.identity().oidcProvider()));
        }
        return provider;
    }

    @Override
    public void close() {
        aws.ifPresent(AwsReads::close);
    }
}
