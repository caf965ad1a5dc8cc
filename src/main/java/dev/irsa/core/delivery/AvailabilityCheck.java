package dev.irsa.core.delivery;

import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.delivery.Availability.Status;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.policy.Admissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out whether a pod that starts now gets credentials of a role. The webhooks of EKS give it those of an association, if its
 * ServiceAccount has one, and otherwise those of the role in the annotation.
 *
 * @param roleArn the role that the pods are to get
 * @param admissions which pods the trust policy admits; empty if that is not known
 * @param terms which pods it is to admit
 * @param provider the state of the cluster's OIDC provider
 */
public record AvailabilityCheck(
        String roleArn, Optional<Admissions> admissions, TrustTerms terms, OidcProviderState provider) {
    /** Whose association a ServiceAccount has. */
    public enum Association {
        NONE,
        OURS,
        OF_OTHERS,
        /** The last known one, ours or of another owner, may have been deleted, and the operator has not looked since. */
        UNKNOWN
    }

    /** A ServiceAccount of the resource. */
    public record Account(String name, ObservedServiceAccount observed, Association association) {}

    /** Returns why pods of one of these get no credentials, or that pods of all of them do. */
    public Availability of(List<Account> accounts) {
        List<Availability> answers = accounts.stream().map(this::of).toList();
        return with(Status.False, answers)
                .or(() -> with(Status.Unknown, answers))
                .orElseGet(() -> Availability.of(AvailabilityReason.Delivered, delivered(accounts)));
    }

    private static Optional<Availability> with(Status status, List<Availability> answers) {
        return answers.stream().filter(answer -> answer.status() == status).findFirst();
    }

    private String delivered(List<Account> accounts) {
        List<String> names = accounts.stream().map(Account::name).toList();
        return "pods of ServiceAccount" + (names.size() == 1 ? " " : "s ") + String.join(", ", names)
                + " can get credentials of role " + roleName();
    }

    private Availability of(Account account) {
        if (!(account.observed() instanceof ObservedServiceAccount.Present present)) {
            return Availability.of(
                    AvailabilityReason.NotDelivered, "ServiceAccount " + account.name() + " does not exist");
        }
        return switch (account.association()) {
            case OURS ->
                trusted(
                        account,
                        admissions.flatMap(known -> terms.eksClusterArn()
                                .map(cluster -> known.admitsSession(cluster, terms.namespace(), account.name()))));
            case OF_OTHERS ->
                Availability.of(
                        AvailabilityReason.NotDelivered,
                        "ServiceAccount " + account.name()
                                + " has an EKS Pod Identity association that gives its pods another role");
            case UNKNOWN -> ofTokenOrAnotherRole(account, present);
            case NONE -> ofToken(account, present);
        };
    }

    /**
     * Pods that get no credentials without an association do not get them with that of another owner either. That another of ours
     * has replaced the last known one is unlikely.
     */
    private Availability ofTokenOrAnotherRole(Account account, ObservedServiceAccount.Present present) {
        Availability token = ofToken(account, present);
        return token.status() == Status.False
                ? token
                : Availability.of(
                        AvailabilityReason.NotChecked,
                        "the operator does not know whether ServiceAccount " + account.name()
                                + " still has an EKS Pod Identity association");
    }

    private Availability ofToken(Account account, ObservedServiceAccount.Present present) {
        if (!roleArn.equals(present.annotations().get(DesiredServiceAccount.ROLE_ARN))) {
            return Availability.of(
                    AvailabilityReason.NotDelivered,
                    "ServiceAccount " + account.name() + " is not annotated with role " + roleArn);
        }
        String audience = Objects.requireNonNullElse(
                present.annotations().get(DesiredServiceAccount.AUDIENCE), TokenSpec.DEFAULT_AUDIENCE);
        return providerGap(audience)
                .map(gap -> Availability.of(AvailabilityReason.OidcProviderMissing, gap))
                .orElseGet(() -> trusted(
                        account,
                        admissions.map(known ->
                                known.admitsToken(terms.provider(), terms.subject(account.name()), audience))));
    }

    private Optional<String> providerGap(String audience) {
        return switch (provider) {
            case OidcProviderState.Missing _ -> Optional.of("IAM has no OIDC provider for the issuer of this cluster");
            case OidcProviderState.Found found
            when !found.audiences().contains(audience) ->
                Optional.of("the IAM OIDC provider does not have the audience " + audience);
            case OidcProviderState.Found _, OidcProviderState.Unreadable _, OidcProviderState.Unknown _ ->
                Optional.empty();
        };
    }

    private Availability trusted(Account account, Optional<Admissions.Answer> answer) {
        return switch (answer.orElse(Admissions.Answer.UNKNOWN)) {
            case YES -> Availability.of(AvailabilityReason.Delivered, "");
            case NO ->
                Availability.of(
                        AvailabilityReason.TrustMissing,
                        "the trust policy of role " + roleName() + " does not admit ServiceAccount " + account.name());
            case UNKNOWN ->
                Availability.of(
                        AvailabilityReason.NotChecked,
                        "the operator does not know whether the trust policy of role " + roleName()
                                + " admits ServiceAccount " + account.name());
        };
    }

    private String roleName() {
        return Stream.of(roleArn.split("/", -1)).reduce((_, last) -> last).orElse(roleArn);
    }
}
