package dev.irsa.kubectl.connection;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.LastAppliedAssociations;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.port.OperatorSettings;
import dev.irsa.reconcile.identity.OidcProviderFinder;
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
    private static final String NOT_COMPARED = "not compared with IAM: ";

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
        Optional<AwsReads> aws = open(options, eks, warn);
        Optional<PlanSources.Aws> reads = aws.flatMap(connected -> reads(connected, settings, warn));
        if (reads.isEmpty()) {
            aws.ifPresent(AwsReads::close);
            return new AwsSource(Optional.empty(), reads, eksClusterName);
        }
        return new AwsSource(aws, reads, eksClusterName);
    }

    private static Optional<AwsReads> open(AwsOptions options, Optional<EksContext> eks, Consumer<String> warn) {
        Evidence<AwsReads> aws = AwsReads.open(options, eks);
        if (aws instanceof Evidence.Unreadable<AwsReads>(String reason)) {
            warn.accept(NOT_COMPARED + reason);
        }
        return aws.known();
    }

    private static Optional<PlanSources.Aws> reads(AwsReads aws, OperatorSettings settings, Consumer<String> warn) {
        try {
            Optional<String> mismatch = aws.accountMismatch(settings.identity().account());
            if (mismatch.isEmpty()) {
                return Optional.of(new PlanSources.Aws(
                        aws.roles(),
                        aws.associations().orElse(new LastAppliedAssociations(List.of())),
                        provider(aws, settings, warn),
                        aws.policies()));
            }
            warn.accept(NOT_COMPARED + mismatch.get());
        } catch (FailureException e) {
            warn.accept(NOT_COMPARED + UserMessage.of(e.failure()));
        }
        return Optional.empty();
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
