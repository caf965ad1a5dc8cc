package dev.irsa.core.oidc;

import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            case Missing _, Unknown _ -> cluster;
        };
    }

    /** Returns whether the spelling may differ from IAM's. A role that is up to date is not changed because of a guess. */
    default boolean isAssumed() {
        return switch (this) {
            case Unknown _ -> true;
            case Unreadable(Optional<String> name) -> name.isEmpty();
            case Found _, Missing _ -> false;
        };
    }

    /** Returns this state with the reason why the operator could not create what is missing. */
    default OidcProviderState withProblem(String problem) {
        return switch (this) {
            case Found found -> new Found(found.name(), found.audiences(), problem);
            case Missing missing -> new Missing(missing.nearMisses(), problem);
            case Unreadable _, Unknown _ -> this;
        };
    }

    /** Returns why a role whose trust policy pins this audience cannot be assumed; empty if nothing is known to prevent it. */
    default Optional<Failure> obstacle(ClusterIdentity cluster, String audience) {
        return switch (this) {
            case Found found ->
                found.audiences().contains(audience)
                        ? Optional.empty()
                        : Optional.of(Failure.of(Reason.OidcProviderMissing, toAdd(cluster, audience, found)));
            case Missing missing ->
                Optional.of(Failure.of(Reason.OidcProviderMissing, toCreate(cluster, audience, missing)));
            case Unreadable _ -> Optional.empty();
            case Unknown(Failure failure) -> Optional.of(failure);
        };
    }

    /** Describes the missing provider, and the exact command that creates it. */
    private static String toCreate(ClusterIdentity cluster, String audience, Missing missing) {
        return "IAM" + in(cluster.account()) + " has no OIDC provider for this cluster's issuer "
                + cluster.issuer().url()
                + near(missing.nearMisses()) + "; run: " + eksctl(cluster, audience)
                + "aws iam create-open-id-connect-provider --url "
                + cluster.issuer().url() + " --client-id-list "
                + Stream.of(TokenSpec.DEFAULT_AUDIENCE, audience).distinct().collect(Collectors.joining(" "))
                + operator(cluster.account(), missing.problem());
    }

    /** Describes the missing audience, and the exact command that adds it to the provider. */
    private static String toAdd(ClusterIdentity cluster, String audience, Found found) {
        String arn = cluster.account().oidcProvider(found.name());
        return "the IAM OIDC provider " + arn + " is missing the audience " + audience
                + "; run: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn " + arn
                + " --client-id " + audience + operator(cluster.account(), found.problem());
    }

    private static String near(List<String> names) {
        return names.isEmpty()
                ? ""
                : " (found " + String.join(", ", names) + "; path and trailing slash must match the issuer)";
    }

    /**
     * Returns the command of eksctl, which finds the issuer of the cluster itself, adds the default audience only, and works in
     * the account of the cluster. The operator does not know the name that the cluster has in EKS.
     */
    private static String eksctl(ClusterIdentity cluster, String audience) {
        return cluster.issuer()
                .eksRegion()
                .filter(_ -> audience.equals(TokenSpec.DEFAULT_AUDIENCE)
                        && cluster.account().name().isEmpty())
                .map(region -> "eksctl utils associate-iam-oidc-provider --region " + region
                        + " --cluster NAME_IN_EKS --approve, or: ")
                .orElse("");
    }

    private static String in(AwsAccount account) {
        return account.name().isEmpty() ? "" : " in account " + account.id();
    }

    private static String operator(AwsAccount account, String problem) {
        if (!problem.isEmpty()) {
            return "; " + problem;
        }
        return account.name().isEmpty()
                ? ", or start the operator with --oidc-provider=Create"
                : " with credentials of that account, or set spec.oidcProvider of IamAccount " + account.name()
                        + " to Create";
    }
}
