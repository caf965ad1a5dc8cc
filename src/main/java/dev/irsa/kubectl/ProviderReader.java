package dev.irsa.kubectl;

import dev.irsa.core.access.ClusterTrust;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.trust.TrustStatement;
import dev.irsa.kubectl.access.AccountRole;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.reconcile.identity.OidcProviderFinder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the OIDC providers that an account has for a cluster.
 *
 * @param missing receives why roles may admit more or fewer pods than the result shows
 */
record ProviderReader(AwsReads aws, Consumer<String> missing) {
    /**
     * Returns the providers whose tokens some of the roles may admit. A provider that cannot be read may exist, so it is among them.
     *
     * @param issuers without their schemes; the first one is that of the cluster, the others it had before
     */
    List<ClusterTrust.Provider> read(List<String> issuers, List<AccountRole> roles) {
        return issuers.stream()
                .filter(issuer -> with(roles, statement -> statement.mayAdmitTokensOf(arn(issuer)))
                        .findAny()
                        .isPresent())
                .flatMap(issuer -> read(issuer, issuer.equals(issuers.getFirst()), roles).stream())
                .toList();
    }

    /** Without a provider, AWS accepts no token. That is a mistake only for the current issuer, so a previous one is not reported. */
    private Optional<ClusterTrust.Provider> read(String issuer, boolean isCurrent, List<AccountRole> roles) {
        Optional<OidcProviderState> state = UserMessage.unlessFailed(
                "the OIDC provider for issuer " + issuer + " in account "
                        + account().id() + " could not be read",
                () -> new OidcProviderFinder(aws.providers())
                        .findInAnySpelling(new Issuer("https://" + issuer), account()),
                missing);
        if (state.isEmpty()) {
            return Optional.of(new ClusterTrust.Provider(arn(issuer), Optional.empty()));
        }
        if (state.get() instanceof OidcProviderState.Found found) {
            return Optional.of(new ClusterTrust.Provider(arn(found.name()), Optional.of(found.audiences())));
        }
        long naming = with(roles, statement -> statement.names(arn(issuer))).count();
        if (isCurrent && naming > 0) {
            missing.accept("IAM has no OIDC provider for issuer " + issuer + " in account "
                    + account().id()
                    + "; until it is created, roles that name it admit no pod with a token of this issuer; such roles: "
                    + naming);
        }
        return Optional.empty();
    }

    private static Stream<AccountRole> with(List<AccountRole> roles, Predicate<TrustStatement> statement) {
        return roles.stream()
                .filter(role -> TrustStatement.of(role.trust()).stream().anyMatch(statement));
    }

    private String arn(String name) {
        return account().oidcProvider(name);
    }

    private AwsAccount account() {
        return aws.caller().get().account();
    }
}
