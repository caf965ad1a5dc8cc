package dev.irsa.core.oidc;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The state of the IAM OIDC provider for the cluster's issuer. Without it no role can be assumed. */
public sealed interface OidcProviderState {
    /**
     * The provider exists.
     *
     * @param name its name in IAM: host and path
     * @param audiences the audiences whose tokens it accepts
     * @param problem why the operator could not add a missing audience; empty if it did not try
     */
    record Found(String name, Set<String> audiences, String problem) implements OidcProviderState {
        public Found {
            audiences = Collections.unmodifiableSet(new TreeSet<>(audiences));
        }

        /** A provider that the operator did not try to change. */
        public Found(String name, Set<String> audiences) {
            this(name, audiences, "");
        }
    }

    /**
     * The provider does not exist.
     *
     * @param nearMisses names of providers that users may mistake for it
     * @param problem why the operator could not create it; empty if it did not try
     */
    record Missing(List<String> nearMisses, String problem) implements OidcProviderState {
        public Missing {
            nearMisses = List.copyOf(nearMisses);
        }
    }

    /**
     * The operator may not read it. It is assumed to exist and to have every audience.
     *
     * @param name its name in IAM; empty if unknown, so that the spelling of the issuer is a guess
     */
    record Unreadable(Optional<String> name) implements OidcProviderState {}

    /** AWS has not answered yet. */
    record Unknown(Failure failure) implements OidcProviderState {}

    /** Returns the cluster with the provider name as IAM spells it. */
    default ClusterIdentity spelled(ClusterIdentity cluster) {
        return switch (this) {
            case Found found -> cluster.withOidcProvider(found.name());
            case Unreadable(Optional<String> name) ->
                name.map(cluster::withOidcProvider).orElse(cluster);
            case Missing missing -> cluster;
            case Unknown unknown -> cluster;
        };
    }

    /** Returns whether the spelling may differ from IAM's. A role that is up to date is not changed because of a guess. */
    default boolean isAssumed() {
        return switch (this) {
            case Unknown unknown -> true;
            case Unreadable(Optional<String> name) -> name.isEmpty();
            case Found found -> false;
            case Missing missing -> false;
        };
    }

    /** Returns this state with the reason why the operator could not create what is missing. */
    default OidcProviderState withProblem(String problem) {
        return switch (this) {
            case Found found -> new Found(found.name(), found.audiences(), problem);
            case Missing missing -> new Missing(missing.nearMisses(), problem);
            case Unreadable unreadable -> unreadable;
            case Unknown unknown -> unknown;
        };
    }

    /** Returns why a role whose trust policy pins this audience cannot be assumed; empty if nothing is known to prevent it. */
    default Optional<Failure> obstacle(ClusterIdentity cluster, String audience) {
        return switch (this) {
            case Found found ->
                found.audiences().contains(audience)
                        ? Optional.empty()
                        : Optional.of(
                                new Failure.OidcProviderMissing(OidcProviderRemedy.toAdd(cluster, audience, found)));
            case Missing missing ->
                Optional.of(new Failure.OidcProviderMissing(OidcProviderRemedy.toCreate(cluster, audience, missing)));
            case Unreadable unreadable -> Optional.empty();
            case Unknown(Failure failure) -> Optional.of(failure);
        };
    }
}
