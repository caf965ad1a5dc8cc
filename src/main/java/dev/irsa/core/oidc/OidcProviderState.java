package dev.irsa.core.oidc;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is known of the IAM OIDC provider for the cluster's issuer, without which no role can be assumed. */
public sealed interface OidcProviderState {
    /**
     * It is there.
     *
     * @param name as IAM spells it: host and path
     * @param audiences it takes tokens for
     * @param trouble why the operator could not add one that is missing; empty: it was not asked to
     */
    record Found(String name, Set<String> audiences, String trouble) implements OidcProviderState {
        public Found {
            audiences = Collections.unmodifiableSet(new TreeSet<>(audiences));
        }

        /** One that nothing was tried on. */
        public Found(String name, Set<String> audiences) {
            this(name, audiences, "");
        }
    }

    /**
     * There is none.
     *
     * @param nearMisses names of providers that may be taken for it
     * @param trouble why the operator could not make it; empty: it was not asked to
     */
    record Missing(List<String> nearMisses, String trouble) implements OidcProviderState {
        public Missing {
            nearMisses = List.copyOf(nearMisses);
        }
    }

    /**
     * We may not look: it is taken to be there, and to have every audience.
     *
     * @param name as IAM lists it; empty: not known either, so that the issuer's own spelling is a guess
     */
    record Unreadable(Optional<String> name) implements OidcProviderState {}

    /** AWS has not answered yet. */
    record Unknown(Failure failure) implements OidcProviderState {}

    /** The cluster, with its provider as IAM spells it. */
    default ClusterIdentity spelled(ClusterIdentity cluster) {
        return switch (this) {
            case Found found -> cluster.withOidcProvider(found.name());
            case Unreadable(Optional<String> name) ->
                name.map(cluster::withOidcProvider).orElse(cluster);
            case Missing missing -> cluster;
            case Unknown unknown -> cluster;
        };
    }

    /** Whether the spelling may not be IAM's: a role at rest is not written by it. */
    default boolean isGuess() {
        return switch (this) {
            case Unknown unknown -> true;
            case Unreadable(Optional<String> name) -> name.isEmpty();
            case Found found -> false;
            case Missing missing -> false;
        };
    }

    /** The same, with why the operator could not make what is missing. */
    default OidcProviderState withTrouble(String trouble) {
        return switch (this) {
            case Found found -> new Found(found.name(), found.audiences(), trouble);
            case Missing missing -> new Missing(missing.nearMisses(), trouble);
            case Unreadable unreadable -> unreadable;
            case Unknown unknown -> unknown;
        };
    }

    /** Why a role whose trust policy pins this audience could not be assumed; empty: nothing is known that speaks against. */
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
