package dev.irsa.reconcile;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.port.OidcProviders;
import dev.irsa.provider.ProviderState;
import dev.irsa.provider.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for the cluster's OIDC provider: by the issuer's own spelling first, which mostly is the only call. */
final class ProviderSearch {
    private final OidcProviders providers;

    ProviderSearch(OidcProviders providers) {
        this.providers = providers;
    }

    /** Found or Missing. */
    ProviderState of(ClusterIdentity cluster) {
        Optional<ProviderState.Found> found = named(cluster, cluster.issuer().hostAndPath());
        return found.isPresent() ? found.get() : otherwise(cluster);
    }

    /** As it is listed, for when it may not be looked at. */
    ProviderState.Unreadable listed(ClusterIdentity cluster) {
        List<String> same = names(cluster).stream()
                .filter(name -> Spelling.of(cluster.issuer(), name) == Spelling.SAME)
                .toList();
        String own = cluster.issuer().hostAndPath();
        return new ProviderState.Unreadable(
                same.contains(own) ? Optional.of(own) : same.stream().findFirst());
    }

    private ProviderState otherwise(ClusterIdentity cluster) {
        List<String> nearMisses = new ArrayList<>();
        for (String name : names(cluster)) {
            switch (Spelling.of(cluster.issuer(), name)) {
                case SAME -> {
                    Optional<ProviderState.Found> found = named(cluster, name);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                case NEAR -> nearMisses.add(name);
                case OTHER -> {}
            }
        }
        return new ProviderState.Missing(nearMisses, "");
    }

    private Optional<ProviderState.Found> named(ClusterIdentity cluster, String name) {
        Optional<Set<String>> audiences = providers.audiences(cluster.account().oidcProvider(name));
        return audiences.map(taken -> new ProviderState.Found(name, taken));
    }

    /** Without the right to list them there are no other spellings to be found; that the first is not there is known. */
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
