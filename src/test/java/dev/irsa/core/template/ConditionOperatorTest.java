package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionOperatorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringEquals",
                "stringequals",
                "STRINGLIKE",
                "StringEqualsIgnoreCase",
                "StringLike",
                "NumericEquals",
                "NumericLessThan",
                "NumericLessThanEquals",
                "NumericGreaterThan",
                "NumericGreaterThanEquals",
                "DateEquals",
                "DateLessThan",
                "DateLessThanEquals",
                "DateGreaterThan",
                "DateGreaterThanEquals",
                "Bool",
                "BinaryEquals",
                "IpAddress",
                "ArnEquals",
                "ArnLike",
                "ForAnyValue:StringEquals",
                "foranyvalue:ArnLike"
            })
    void allowsPlaceholdersUnderPositiveOperators(String operator) {
        assertThat(ConditionOperator.allowsPlaceholders(operator)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringNotEquals",
                "stringnotequals",
                "StringNotEqualsIgnoreCase",
                "StringNotLike",
                "NumericNotEquals",
                "DateNotEquals",
                "NotIpAddress",
                "ArnNotEquals",
                "ArnNotLike",
                "Null",
                "null",
                "StringEqualsIfExists",
                "stringequalsifexists",
                "ForAnyValue:StringNotLike",
                "ForAnyValue:StringLikeIfExists",
                "ForAnyValue:ForAnyValue:StringLike",
                "ForAllValues:StringEquals",
                "forallvalues:StringEquals",
                "ForAnyValue:",
                "",
                " StringEquals",
                "StringEqual\u017F",
                "\u212ArnLike",
                "Anything"
            })
    void refusesPlaceholdersUnderOthers(String operator) {
        assertThat(ConditionOperator.allowsPlaceholders(operator)).isFalse();
    }
}
