package dev.irsa.reconcile;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.OperatorEvents;
import dev.irsa.provider.ProviderState;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the OIDC provider, and adds audiences that it lacks. Nothing of it is ever changed or taken away. */
final class ProviderMaker {
    private final OidcProviders providers;
    private final ProviderSearch search;
    private final OperatorEvents events;
    private final Set<String> audiences;

    ProviderMaker(OidcProviders providers, ProviderSearch search, OperatorEvents events, Set<String> audiences) {
        this.providers = providers;
        this.search = search;
        this.events = events;
        this.audiences = new TreeSet<>(audiences);
    }

    /**
     * The state after what it lacks was made, as far as IAM let us.
     *
     * @throws FailureException when that failed in a way that passes
     */
    ProviderState complete(ProviderState seen, ClusterIdentity cluster) {
        return switch (seen) {
            case ProviderState.Found found -> addTo(found, cluster);
            case ProviderState.Missing missing -> create(missing, cluster);
            case ProviderState.Unreadable unreadable -> unreadable;
            case ProviderState.Unknown unknown -> unknown;
        };
    }

    private ProviderState create(ProviderState.Missing missing, ClusterIdentity cluster) {
        try {
            String arn = providers.create(cluster.issuer().url(), audiences, cluster.tags());
            events.tell(
                    "OidcProviderCreated", "made the IAM OIDC provider " + arn + " with the audiences " + audiences);
            String prefix = cluster.account().oidcProvider("");
            return new ProviderState.Found(arn.substring(prefix.length()), audiences);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AlreadyExists) {
                return exists(cluster);
            }
            return missing.withTrouble("the operator could not: " + lasting(e));
        }
    }

    /** Somebody was faster, or IAM takes another for the same. */
    private ProviderState exists(ClusterIdentity cluster) {
        return switch (search.of(cluster)) {
            case ProviderState.Found found -> addTo(found, cluster);
            case ProviderState.Missing still ->
                still.withTrouble("the operator could not: IAM says that it exists, and does not show it");
            case ProviderState other -> other;
        };
    }

    private ProviderState addTo(ProviderState.Found found, ClusterIdentity cluster) {
        String arn = cluster.account().oidcProvider(found.name());
        Set<String> taken = new TreeSet<>(found.audiences());
        Optional<String> trouble = Optional.empty();
        for (String audience : audiences) {
            if (!taken.contains(audience) && trouble.isEmpty()) {
                try {
                    providers.addAudience(arn, audience);
                    events.tell("OidcProviderAudienceAdded", "added the audience " + audience + " to " + arn);
                    taken.add(audience);
                } catch (FailureException e) {
                    trouble = Optional.of("the operator could not: " + lasting(e));
                }
            }
        }
        return new ProviderState.Found(found.name(), taken, trouble.orElse(""));
    }

    private static String lasting(FailureException e) {
        if (e.failure() instanceof Failure.Passing) {
            throw e;
        }
        return e.failure().message();
    }
}
