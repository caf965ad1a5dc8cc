package dev.irsa.core.delivery;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.trust.WebIdentityTrust;
import java.util.Optional;

/** Whether the pods of a ServiceAccount can assume a role that others manage. */
public sealed interface ExternalRoleCheck {
    /** The trust policy admits the ServiceAccount. */
    record Admitted() implements ExternalRoleCheck {}

    /**
     * The operator cannot find out.
     *
     * @param why in words that follow the name of the role
     */
    record Unknown(String why) implements ExternalRoleCheck {}

    /** The pods cannot assume the role. */
    record Refused(Failure failure) implements ExternalRoleCheck {}

    /** Returns the result for a role that may not be read. */
    static Unknown unreadable() {
        return new Unknown("its trust policy was not checked, because iam:GetRole is not allowed on that role");
    }

    /** Returns the result for a role in another account, which the operator cannot read. */
    static Unknown inOtherAccount(Desired.External desired) {
        TrustTerms terms = desired.delivery().terms();
        return new Unknown("its trust policy was not checked, because the operator cannot read account "
                + desired.role().account() + "; that account needs an OIDC provider " + terms.oidcProvider()
                + " with the audience " + terms.audience() + ", and the trust policy must admit " + subject(desired));
    }

    /** Decides about a role in the operator's account; {@code shown} is empty if IAM returns no role of that name. */
    static ExternalRoleCheck of(Desired.External desired, Optional<ObservedTrust> shown, ClusterIdentity cluster) {
        String arn = desired.role().arn();
        // IAM finds a role by its name alone, in whatever case. Pods need the exact ARN.
        Optional<ObservedTrust> found = shown.filter(role -> role.arn().equals(arn));
        if (found.isEmpty()) {
            return new Refused(roleNotFound(arn));
        }
        if (cluster.owner("", "").belongsToClusterOrPredecessor(found.get().tags())) {
            return new Refused(Failure.roleConflict(
                    arn,
                    "is managed by this operator for another resource; choose another role, or remove"
                            + " spec.externalRole by creating this resource again without it"));
        }
        TrustTerms terms = desired.delivery().terms();
        return of(
                WebIdentityTrust.of(found.get().trust(), terms.provider(), subject(desired), terms.audience())
                        .step(),
                desired);
    }

    private static String subject(Desired.External desired) {
        return desired.delivery().terms().subject(desired.serviceAccount().name());
    }

    private static ExternalRoleCheck of(WebIdentityTrust.Step step, Desired.External desired) {
        return switch (step) {
            case ADMITTED -> new Admitted();
            case UNDECIDED ->
                new Unknown("its trust policy has conditions that the operator cannot evaluate, so it may or may not"
                        + " admit the ServiceAccount");
            case ISSUER -> missing("it does not name the OIDC provider of this cluster", desired);
            case ACTION ->
                missing("its statement for the OIDC provider does not allow sts:AssumeRoleWithWebIdentity", desired);
            case CONDITION_KEY -> missing("it has a condition key of another OIDC provider", desired);
            case WILDCARD -> missing("it has a wildcard under StringEquals, where wildcards are literal", desired);
            case SUBJECT -> missing("it does not admit the subject " + subject(desired), desired);
            case AUDIENCE ->
                missing(
                        "it does not admit the audience "
                                + desired.delivery().terms().audience(),
                        desired);
        };
    }

    private static Refused missing(String gap, Desired.External desired) {
        return new Refused(trustMissing(
                desired.role().arn(),
                gap,
                TrustPolicy.tokenStatement(desired.delivery().terms())));
    }

    /** Returns the failure of a role that IAM does not have. */
    static Failure roleNotFound(String arn) {
        return Failure.of(
                Reason.RoleNotFound,
                "role " + arn
                        + " not found; path and name must match exactly; create it, or correct spec.externalRole");
    }

    /**
     * Returns the failure of a role whose trust policy does not admit the ServiceAccount. The message has no part of that trust
     * policy, because users of the namespace may not be allowed to read it.
     *
     * @param gap what the trust policy is missing
     * @param statement the statement that would admit the ServiceAccount, as JSON
     */
    static Failure trustMissing(String arn, String gap, String statement) {
        return Failure.of(
                Reason.TrustMissing,
                "the trust policy of role " + arn + " does not admit the ServiceAccount: " + gap
                        + "; ask the owner of the role to add this statement to it: " + statement);
    }

    /** Returns a plan that is refused if the pods cannot assume the role, and empty otherwise. */
    default Plan plan() {
        return this instanceof Refused(Failure failure) ? Plan.refused(failure) : Plan.NOTHING;
    }

    /**
     * Returns the message of the Ready condition.
     *
     * @param serviceAccount the name of the ServiceAccount; empty if the user manages it
     */
    default String readyMessage(String arn, Optional<String> serviceAccount) {
        String annotated = serviceAccount
                .map(name -> "ServiceAccount " + name + " is annotated with role " + arn)
                .orElse("the operator does not annotate the ServiceAccount with role " + arn
                        + ", because its management in spec.serviceAccounts is Ignore");
        return switch (this) {
            case Admitted() -> annotated + "; its trust policy admits the ServiceAccount";
            case Unknown(String why) -> annotated + "; " + why;
            case Refused(Failure failure) -> annotated + "; " + failure.message();
        };
    }
}
