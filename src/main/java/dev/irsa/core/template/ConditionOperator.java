package dev.irsa.core.template;

import java.util.Locale;
import java.util.Set;

/**
 * The condition operators whose values may have placeholders. Each of them requires that the request has the key and that
 * its value satisfies one of the values in the policy. A negated operator, {@code …IfExists}, {@code Null} and
 * {@code ForAllValues} can be satisfied by a request that has nothing to do with the value. They and all unknown operators
 * are not in the list.
 *
 * <p>For an operator that compares numbers, dates or addresses, one value may be wider than another. As for a resource, the
 * pattern of the parameter decides which values are possible.
 *
 * <p>Source: "IAM JSON policy elements: Condition operators". Names of operators are not case-sensitive.
 */
final class ConditionOperator {
    private static final String ANY_VALUE = "foranyvalue:";

    private static final Set<String> POSITIVE = Set.of(
            "stringequals",
            "stringequalsignorecase",
            "stringlike",
            "numericequals",
            "numericlessthan",
            "numericlessthanequals",
            "numericgreaterthan",
            "numericgreaterthanequals",
            "dateequals",
            "datelessthan",
            "datelessthanequals",
            "dategreaterthan",
            "dategreaterthanequals",
            "bool",
            "binaryequals",
            "ipaddress",
            "arnequals",
            "arnlike");

    private ConditionOperator() {}

    static boolean allowsPlaceholders(String operator) {
        String name = operator.toLowerCase(Locale.ROOT);
        return POSITIVE.contains(name.startsWith(ANY_VALUE) ? name.substring(ANY_VALUE.length()) : name);
    }
}
