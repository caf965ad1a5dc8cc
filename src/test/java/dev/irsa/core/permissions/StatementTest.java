package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    @Test
    void writesElementsInConventionalOrder() {
        assertThat(Statement.allow("Sid", AwsAction.TAG_ROLE)
                        .on("arn:r")
                        .when("StringEquals", "k", "v")
                        .json())
                .hasToString("{\"Sid\":\"Sid\",\"Effect\":\"Allow\",\"Action\":\"iam:TagRole\",\"Resource\":\"arn:r\","
                        + "\"Condition\":{\"StringEquals\":{\"k\":\"v\"}}}");
    }

    @Test
    void writesSeveralValuesAsListAndSortsActions() {
        assertThat(Statement.deny("Sid", List.of(AwsAction.TAG_ROLE, AwsAction.CREATE_ROLE))
                        .on(List.of("arn:b", "arn:a"))
                        .when("ArnLike", "k", List.of("x", "y"))
                        .json())
                .hasToString("{\"Sid\":\"Sid\",\"Effect\":\"Deny\",\"Action\":[\"iam:CreateRole\",\"iam:TagRole\"],"
                        + "\"Resource\":[\"arn:b\",\"arn:a\"],\"Condition\":{\"ArnLike\":{\"k\":[\"x\",\"y\"]}}}");
    }

    @Test
    void requiresPresenceOrAbsenceOfKeys() {
        assertThat(Statement.allow("Sid", AwsAction.TAG_ROLE)
                        .given("a")
                        .absent("b")
                        .json()
                        .path("Condition"))
                .hasToString("{\"Null\":{\"a\":\"false\",\"b\":\"true\"}}");
    }
}
