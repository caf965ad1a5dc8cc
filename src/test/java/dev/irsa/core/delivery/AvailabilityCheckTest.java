package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.delivery.AvailabilityCheck.Account;
import dev.irsa.core.delivery.AvailabilityCheck.Association;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.policy.Admissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AvailabilityCheckTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices";
    private static final TrustTerms TERMS = new TrustTerms(
            new AwsAccount("aws", "111122223333", ""),
            "oidc.example.com/id/ABC",
            Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
            "payments",
            List.of("invoices", "worker"),
            "sts.amazonaws.com");
    private static final OidcProviderState FOUND =
            new OidcProviderState.Found("oidc.example.com/id/ABC", Set.of("sts.amazonaws.com"));

    private static AvailabilityCheck check(Set<Delivery> admitted) {
        return new AvailabilityCheck(
                ROLE, Optional.of(TrustPolicy.of(admitted, TERMS).fingerprint().admissions()), TERMS, FOUND);
    }

    private static AvailabilityCheck withProvider(OidcProviderState provider) {
        AvailabilityCheck check = check(EnumSet.of(Delivery.IRSA));
        return new AvailabilityCheck(check.roleArn(), check.admissions(), check.terms(), provider);
    }

    private static Account annotated(String name) {
        return account(name, Map.of("eks.amazonaws.com/role-arn", ROLE));
    }

    private static Account account(String name, Map<String, String> annotations) {
        return new Account(
                name,
                new ObservedServiceAccount.Present("uid", "1", new TreeMap<>(annotations), Set.of(), Set.of()),
                Association.NONE);
    }

    private static Account associated(String name, Association association) {
        return new Account(
                name, new ObservedServiceAccount.Present("uid", "1", new TreeMap<>(), Set.of(), Set.of()), association);
    }

    @Test
    void isAvailableIfEachAccountIsDeliveredAndTrusted() {
        assertThat(check(EnumSet.of(Delivery.IRSA)).of(List.of(annotated("invoices"))))
                .isEqualTo(Availability.of(
                        AvailabilityReason.Delivered,
                        "pods of ServiceAccount invoices can get credentials of role prod_payments_invoices"));
        assertThat(check(EnumSet.allOf(Delivery.class))
                        .of(List.of(annotated("invoices"), associated("worker", Association.OURS))))
                .isEqualTo(Availability.of(
                        AvailabilityReason.Delivered,
                        "pods of ServiceAccounts invoices, worker can get credentials of role prod_payments_invoices"));
    }

    @Test
    void isNotIfOneAccountIsNot() {
        assertThat(check(EnumSet.of(Delivery.IRSA)).of(List.of(annotated("invoices"), annotated("other"))))
                .isEqualTo(Availability.of(
                        AvailabilityReason.TrustMissing,
                        "the trust policy of role prod_payments_invoices does not admit ServiceAccount other"));
    }

    @Test
    void isNotDeliveredWithoutTheAnnotation() {
        assertThat(check(EnumSet.of(Delivery.IRSA))
                        .of(List.of(new Account("invoices", new ObservedServiceAccount.Absent(), Association.OURS))))
                .isEqualTo(Availability.of(AvailabilityReason.NotDelivered, "ServiceAccount invoices does not exist"));
        assertThat(check(EnumSet.of(Delivery.IRSA))
                        .of(List.of(account("invoices", Map.of("eks.amazonaws.com/role-arn", ROLE + "2")))))
                .isEqualTo(Availability.of(
                        AvailabilityReason.NotDelivered, "ServiceAccount invoices is not annotated with role " + ROLE));
    }

    @Test
    void followsTheAssociationBeforeTheAnnotation() {
        Account both = new Account("invoices", annotated("invoices").observed(), Association.OURS);

        assertThat(check(EnumSet.of(Delivery.IRSA)).of(List.of(both)).reason())
                .isEqualTo(AvailabilityReason.TrustMissing);
        assertThat(check(EnumSet.of(Delivery.PodIdentity)).of(List.of(both)).reason())
                .isEqualTo(AvailabilityReason.Delivered);
        assertThat(check(EnumSet.allOf(Delivery.class))
                        .of(List.of(
                                new Account("invoices", annotated("invoices").observed(), Association.OF_OTHERS)))
                        .message())
                .isEqualTo(
                        "ServiceAccount invoices has an EKS Pod Identity association that gives its pods another role");
    }

    @Test
    void dependsOnAnUnknownAssociationOnlyIfTheAccountIsAnnotated() {
        Account annotated = new Account("invoices", annotated("invoices").observed(), Association.UNKNOWN);

        assertThat(check(EnumSet.of(Delivery.IRSA)).of(List.of(annotated)).reason())
                .isEqualTo(AvailabilityReason.NotChecked);
        assertThat(check(EnumSet.of(Delivery.PodIdentity))
                        .of(List.of(associated("invoices", Association.UNKNOWN)))
                        .reason())
                .as("pods get another role, or none")
                .isEqualTo(AvailabilityReason.NotDelivered);
    }

    @Test
    void needsTheAudienceInTheAnnotationOfTheAccount() {
        Account other =
                account("invoices", Map.of("eks.amazonaws.com/role-arn", ROLE, "eks.amazonaws.com/audience", "other"));

        assertThat(withProvider(new OidcProviderState.Found(
                                "oidc.example.com/id/ABC", Set.of("other", "sts.amazonaws.com")))
                        .of(List.of(other))
                        .reason())
                .isEqualTo(AvailabilityReason.TrustMissing);
    }

    @Test
    void needsTheOidcProvider() {
        assertThat(withProvider(new OidcProviderState.Missing(List.of(), "")).of(List.of(annotated("invoices"))))
                .isEqualTo(Availability.of(
                        AvailabilityReason.OidcProviderMissing,
                        "IAM has no OIDC provider for the issuer of this cluster"));
        assertThat(withProvider(new OidcProviderState.Found("oidc.example.com/id/ABC", Set.of()))
                        .of(List.of(annotated("invoices"))))
                .isEqualTo(Availability.of(
                        AvailabilityReason.OidcProviderMissing,
                        "the IAM OIDC provider does not have the audience sts.amazonaws.com"));
        assertThat(withProvider(new OidcProviderState.Unreadable(Optional.empty()))
                        .of(List.of(annotated("invoices")))
                        .reason())
                .isEqualTo(AvailabilityReason.Delivered);
        assertThat(withProvider(new OidcProviderState.Unknown(new Failure.Passing(Reason.AwsUnavailable, "")))
                        .of(List.of(annotated("invoices")))
                        .reason())
                .isEqualTo(AvailabilityReason.Delivered);
    }

    @Test
    void isUnknownIfTheTrustPolicyIs() {
        Availability unread =
                new AvailabilityCheck(ROLE, Optional.empty(), TERMS, FOUND).of(List.of(annotated("invoices")));

        assertThat(unread)
                .isEqualTo(Availability.of(
                        AvailabilityReason.NotChecked,
                        "the operator does not know whether the trust policy of role prod_payments_invoices admits"
                                + " ServiceAccount invoices"));
        assertThat(unread.status()).isEqualTo(Availability.Status.Unknown);
        assertThat(new AvailabilityCheck(ROLE, Optional.of(Admissions.UNKNOWN), TERMS, FOUND)
                        .of(List.of(annotated("invoices"), associated("worker", Association.NONE)))
                        .reason())
                .as("what is wrong comes before what is unknown")
                .isEqualTo(AvailabilityReason.NotDelivered);
    }

    @Test
    void saysWhyTheResourceIsNotReady() {
        assertThat(Availability.of(AvailabilityReason.Delivered, "m").butNotReady("NotEntitled"))
                .isEqualTo(new Availability(
                        Availability.Status.True,
                        AvailabilityReason.Delivered,
                        "m; but the resource is not Ready (NotEntitled)"));
    }
}
