package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.IssuerSpelling;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.OidcProviderReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the cluster's OIDC provider. It tries the issuer's own spelling first, which is usually the only call. */
public record OidcProviderFinder(OidcProviderReads providers) {
    /** Returns the provider as far as the caller may read it. */
    public OidcProviderState observe(ClusterIdentity cluster) {
        try {
            return find(cluster);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return listed(cluster);
            }
            throw e;
        }
    }

    /** Returns {@code Found} or {@code Missing}. */
    OidcProviderState find(ClusterIdentity cluster) {
        return find(cluster.issuer(), cluster.account());
    }

    /** Returns {@code Found} or {@code Missing}, which may be wrong without the permission to list providers. */
    public OidcProviderState find(Issuer issuer, AwsAccount account) {
        return find(issuer, account, this::listable);
    }

    /**
     * Returns {@code Found}, or {@code Missing} if the account has no provider for the issuer in any spelling.
     *
     * @throws FailureException also if the providers have to be listed, and the caller may not list them
     */
    public OidcProviderState findInAnySpelling(Issuer issuer, AwsAccount account) {
        return find(issuer, account, providers::arns);
    }

    private OidcProviderState find(Issuer issuer, AwsAccount account, Supplier<List<String>> arns) {
        Optional<OidcProviderState.Found> found = named(account, issuer.hostAndPath());
        return found.isPresent() ? found.get() : findOtherSpelling(issuer, account, names(account, arns.get()));
    }

    /** Returns the provider as IAM lists it, for an operator that is not allowed to read it. */
    OidcProviderState.Unreadable listed(ClusterIdentity cluster) {
        List<String> same = names(cluster.account(), listable()).stream()
                .filter(name -> IssuerSpelling.of(cluster.issuer(), name) == IssuerSpelling.SAME)
                .toList();
        String own = cluster.issuer().hostAndPath();
        return new OidcProviderState.Unreadable(
                same.contains(own) ? Optional.of(own) : same.stream().findFirst());
    }

    private OidcProviderState findOtherSpelling(Issuer issuer, AwsAccount account, List<String> names) {
        List<String> nearMisses = new ArrayList<>();
        for (String name : names) {
            switch (IssuerSpelling.of(issuer, name)) {
                case SAME -> {
                    Optional<OidcProviderState.Found> found = named(account, name);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                case NEAR -> nearMisses.add(name);
                case OTHER -> {}
            }
        }
        return new OidcProviderState.Missing(nearMisses, "");
    }

    private Optional<OidcProviderState.Found> named(AwsAccount account, String name) {
        Optional<Set<String>> audiences = providers.audiences(account.oidcProvider(name));
        return audiences.map(accepted -> new OidcProviderState.Found(name, accepted));
    }

    private static List<String> names(AwsAccount account, List<String> arns) {
        String prefix = account.oidcProvider("");
        return arns.stream()
                .filter(arn -> arn.startsWith(prefix))
                .map(arn -> arn.substring(prefix.length()))
                .sorted()
                .toList();
    }

    /** Returns no ARNs without the permission to list providers; other spellings then cannot be found. */
    private List<String> listable() {
        try {
            return providers.arns();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return List.of();
            }
            throw e;
        }
    }
}
