package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentResponseTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::aws:policy/AWSDenyAll, true",
        "arn:aws-cn:iam::aws:policy/AWSDenyAll, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3, true",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV, false",
        "arn:aws:iam::aws:policy/AdministratorAccess, false",
        "arn:aws:iam::111122223333:policy/AWSDenyAll, false",
        "AWSDenyAll, false",
        "':iam::aws:policy/AWSDenyAll', true"
    })
    void recognizesDenyPoliciesOfAws(String arn, boolean denies) {
        assertThat(IncidentResponse.isManagedDeny(arn)).isEqualTo(denies);
    }
}
