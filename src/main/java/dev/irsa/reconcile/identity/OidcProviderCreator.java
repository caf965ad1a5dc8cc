package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.OperatorEvents;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Creates the OIDC provider and adds missing audiences. It never changes or removes anything else. */
final class OidcProviderCreator {
    private final OidcProviders providers;
    private final OidcProviderFinder finder;
    private final OperatorEvents events;
    private final Set<String> audiences;

    OidcProviderCreator(
            OidcProviders providers, OidcProviderFinder finder, OperatorEvents events, Set<String> audiences) {
        this.providers = providers;
        this.finder = finder;
        this.events = events;
        this.audiences = new TreeSet<>(audiences);
    }

    /**
     * Creates what is missing, as far as IAM permits; returns the resulting state.
     *
     * @throws FailureException on a temporary failure
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
            events.inform(
                    "OidcProviderCreated", "created the IAM OIDC provider " + arn + " with the audiences " + audiences);
            String prefix = cluster.account().oidcProvider("");
            return new OidcProviderState.Found(arn.substring(prefix.length()), audiences);
        } catch (FailureException e) {
            if (e.failure() instanceof AwsFailure.AlreadyExists) {
                return findExisting(cluster);
            }
            return missing.withProblem("the operator could not create it: " + permanentProblem(e));
        }
    }

    /** Another client created the provider first, or IAM treats a different spelling as the same provider. */
    private OidcProviderState findExisting(ClusterIdentity cluster) {
        return switch (finder.find(cluster)) {
            case OidcProviderState.Found found -> addTo(found, cluster);
            case OidcProviderState.Missing still ->
                still.withProblem(
                        "the operator could not create it: IAM reports that it exists but does not return it");
            case OidcProviderState other -> other;
        };
    }

    private OidcProviderState addTo(OidcProviderState.Found found, ClusterIdentity cluster) {
        String arn = cluster.account().oidcProvider(found.name());
        Set<String> accepted = new TreeSet<>(found.audiences());
        Optional<String> problem = Optional.empty();
        for (String audience : audiences) {
            if (!accepted.contains(audience) && problem.isEmpty()) {
                try {
                    providers.addAudience(arn, audience);
                    events.inform("OidcProviderAudienceAdded", "added the audience " + audience + " to " + arn);
                    accepted.add(audience);
                } catch (FailureException e) {
                    problem = Optional.of("the operator could not add it: " + permanentProblem(e));
                }
            }
        }
        return new OidcProviderState.Found(found.name(), accepted, problem.orElse(""));
    }

    /** Returns the message of a permanent failure; rethrows a temporary one. */
    private static String permanentProblem(FailureException e) {
        if (e.failure() instanceof Failure.Passing) {
            throw e;
        }
        return e.failure().message();
    }
}
