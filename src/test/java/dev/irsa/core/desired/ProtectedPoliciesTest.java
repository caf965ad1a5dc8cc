package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedPoliciesTest {
    private static final ProtectedPolicies POLICIES = ProtectedPolicies.of(
            List.of("arn:aws:iam::111122223333:policy/quarantine-?", "arn:*:iam::*:policy/security/*"));

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:policy/quarantine-1, true",
        "arn:aws:iam::111122223333:policy/quarantine-10, false",
        "arn:aws:iam::111122223333:policy/Quarantine-1, false",
        "arn:aws:iam::444455556666:policy/quarantine-1, true",
        "arn:aws:iam::444455556666:policy/quarantine-10, false",
        "arn:aws:iam::444455556666:policy/path/quarantine-1, false",
        "arn:aws-cn:iam::444455556666:policy/quarantine-1, false",
        "arn:aws:iam::aws:policy/quarantine-1, false",
        "arn:aws-cn:iam::444455556666:policy/security/a/b, true",
        "arn:aws:iam::aws:policy/AdministratorAccess, false",
        "arn:aws:iam::aws:policy/AWSDenyAll, true"
    })
    void protectsPoliciesThatMatchAPattern(String arn, boolean isProtected) {
        assertThat(POLICIES.protects(arn)).isEqualTo(isProtected);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::aws:policy/AWSDenyAll, true",
        "arn:aws-cn:iam::aws:policy/AWSDenyAll, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV, false",
        "arn:aws:iam::aws:policy/AdministratorAccess, false",
        "arn:aws:iam::111122223333:policy/AWSDenyAll, false"
    })
    void alwaysProtectsTheQuarantinePoliciesOfAws(String arn, boolean isProtected) {
        assertThat(ProtectedPolicies.OF_AWS.protects(arn)).isEqualTo(isProtected);
        assertThat(ProtectedPolicies.isOfAws(arn)).isEqualTo(isProtected);
    }
}
