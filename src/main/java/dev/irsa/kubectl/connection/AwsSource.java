package dev.irsa.kubectl.connection;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.text.PlainText;
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
 * What a plan reads from the AWS account of its roles.
 *
 * @param aws the clients; empty if the account is not read
 * @param reads what the plan is compared with; empty if the account cannot be read
 */
public record AwsSource(Optional<AwsReads> aws, Optional<PlanSources.Aws> reads) {
    /**
     * Connects to the account of these settings, and makes sure that the credentials are for it.
     *
     * @param accounts say whether the operator creates the OIDC provider of another account
     * @param warn receives why AWS cannot be read
     */
    public static AwsSource connect(
            AccountReaders readers, OperatorSettings settings, IamAccounts accounts, Consumer<String> warn) {
        AwsAccount account = settings.identity().account();
        String notCompared = "not compared with IAM" + in(account) + ": ";
        Evidence<AwsReads> aws = readers.in(account.id());
        if (aws instanceof Evidence.Unreadable<AwsReads>(String reason)) {
            warn.accept(notCompared + reason);
        }
        Optional<PlanSources.Aws> reads = aws.known().flatMap(known -> {
            try {
                return Optional.of(reads(known, settings, accounts, warn));
            } catch (FailureException e) {
                warn.accept(notCompared + UserMessage.of(e.failure()));
                return Optional.empty();
            }
        });
        return new AwsSource(reads.isPresent() ? aws.known() : Optional.empty(), reads);
    }

    private static String in(AwsAccount account) {
        return account.name().isEmpty()
                ? ""
                : " in account " + account.id() + " (IamAccount " + PlainText.of(account.name()) + ")";
    }

    private static PlanSources.Aws reads(
            AwsReads aws, OperatorSettings settings, IamAccounts accounts, Consumer<String> warn) {
        AwsAccount account = settings.identity().account();
        OidcProviderState provider = provider(aws, settings, warn);
        LastAppliedAssociations none = new LastAppliedAssociations(List.of());
        return new PlanSources.Aws(
                aws.roles(),
                account.name().isEmpty() ? aws.associations().orElse(none) : none,
                provider instanceof OidcProviderState.Missing && accounts.createProvider(account.name())
                        ? new OidcProviderState.Found(
                                settings.identity().issuer().hostAndPath(), settings.audiences())
                        : provider,
                aws.policies());
    }

    /** Returns the provider; if the user may not read it, the one that the operator has found. */
    private static OidcProviderState provider(AwsReads aws, OperatorSettings settings, Consumer<String> warn) {
        OidcProviderState provider = new OidcProviderFinder(aws.providers()).observe(settings.identity());
        if (provider instanceof OidcProviderState.Unreadable) {
            warn.accept(
                    "not compared with the OIDC provider"
                            + in(settings.identity().account()) + ": you do not have the permission"
                            + " iam:GetOpenIDConnectProvider, so the plan assumes that the provider exists and has every audience");
            return new OidcProviderState.Unreadable(
                    Optional.of(settings.identity().oidcProvider()));
        }
        return provider;
    }
}
