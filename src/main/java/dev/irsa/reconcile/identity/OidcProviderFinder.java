package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.IssuerSpelling;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.OidcProviderReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        Optional<OidcProviderState.Found> found =
                named(cluster, cluster.issuer().hostAndPath());
        return found.isPresent() ? found.get() : findOtherSpelling(cluster);
    }

    /** Returns the provider as IAM lists it, for an operator that is not allowed to read it. */
    OidcProviderState.Unreadable listed(ClusterIdentity cluster) {
        List<String> same = names(cluster).stream()
                .filter(name -> IssuerSpelling.of(cluster.issuer(), name) == IssuerSpelling.SAME)
                .toList();
        String own = cluster.issuer().hostAndPath();
        return new OidcProviderState.Unreadable(
                same.contains(own) ? Optional.of(own) : same.stream().findFirst());
    }

    private OidcProviderState findOtherSpelling(ClusterIdentity cluster) {
        List<String> nearMisses = new ArrayList<>();
        for (String name : names(cluster)) {
            switch (IssuerSpelling.of(cluster.issuer(), name)) {
                case SAME -> {
                    Optional<OidcProviderState.Found> found = named(cluster, name);
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

    private Optional<OidcProviderState.Found> named(ClusterIdentity cluster, String name) {
        Optional<Set<String>> audiences = providers.audiences(cluster.account().oidcProvider(name));
        return audiences.map(accepted -> new OidcProviderState.Found(name, accepted));
    }

    /** Returns no names without the permission to list providers; other spellings then cannot be found. */
    private List<String> names(ClusterIdentity cluster) {
        String prefix = cluster.account().oidcProvider("");
        try {
            return providers.arns().stream()
                    .filter(arn -> arn.startsWith(prefix))
                    .map(arn -> arn.substring(prefix.length()))
                    .sorted()
                    .toList();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return List.of();
            }
            throw e;
        }
    }
}
