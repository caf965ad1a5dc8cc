package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.OperatorEvents;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the OIDC provider, and adds audiences that it lacks. Nothing of it is ever changed or taken away. */
final class OidcProviderCreator {
    private final OidcProviders providers;
    private final OidcProviderFinder search;
    private final OperatorEvents events;
    private final Set<String> audiences;

    OidcProviderCreator(
            OidcProviders providers, OidcProviderFinder search, OperatorEvents events, Set<String> audiences) {
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
    OidcProviderState complete(OidcProviderState seen, ClusterIdentity cluster) {
        return switch (seen) {
            case OidcProviderState.Found found -> addTo(found, cluster);
            case OidcProviderState.Missing missing -> create(missing, cluster);
            case OidcProviderState.Unreadable unreadable -> unreadable;
            case OidcProviderState.Unknown unknown -> unknown;
        };
    }

    private OidcProviderState create(OidcProviderState.Missing missing, ClusterIdentity cluster) {
        try {
            String arn = providers.create(cluster.issuer().url(), audiences, cluster.tags());
            events.tell(
                    "OidcProviderCreated", "made the IAM OIDC provider " + arn + " with the audiences " + audiences);
            String prefix = cluster.account().oidcProvider("");
            return new OidcProviderState.Found(arn.substring(prefix.length()), audiences);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AlreadyExists) {
                return exists(cluster);
            }
            return missing.withTrouble("the operator could not: " + lasting(e));
        }
    }

    /** Somebody was faster, or IAM takes another for the same. */
    private OidcProviderState exists(ClusterIdentity cluster) {
        return switch (search.of(cluster)) {
            case OidcProviderState.Found found -> addTo(found, cluster);
            case OidcProviderState.Missing still ->
                still.withTrouble("the operator could not: IAM says that it exists, and does not show it");
            case OidcProviderState other -> other;
        };
    }

    private OidcProviderState addTo(OidcProviderState.Found found, ClusterIdentity cluster) {
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
        return new OidcProviderState.Found(found.name(), taken, trouble.orElse(""));
    }

    private static String lasting(FailureException e) {
        if (e.failure() instanceof Failure.Passing) {
            throw e;
        }
        return e.failure().message();
    }
}
