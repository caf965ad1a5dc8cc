package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import dev.irsa.fixtures.permissions.Undeniable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests what the generated policy allows and denies, with an independent evaluator. */
class OperatorPolicyIT {
    private final PolicyEvaluator evaluator = new PolicyEvaluator(Sample.policies());

    @TestFactory
    Stream<DynamicTest> allowsRequiredCalls() {
        return evaluator.allow(RequiredCalls.all());
    }

    @Test
    void requiredCallsCoverEveryAction() {
        assertThat(RequiredCalls.all())
                .extracting(Attempt::action)
                .containsAll(Arrays.stream(AwsAction.values())
                        .filter(action -> action != AwsAction.GET_CALLER_IDENTITY)
                        .map(AwsAction::id)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> deniesRoleEscalations() {
        return evaluator.deny(RoleEscalations.all());
    }

    @TestFactory
    Stream<DynamicTest> deniesAccountEscalations() {
        return evaluator.deny(AccountEscalations.all());
    }

    @TestFactory
    Stream<DynamicTest> deniesAssociationEscalations() {
        return evaluator.deny(AssociationEscalations.all());
    }

    @Test
    void coversHundredsOfEscalations() {
        assertThat(Stream.of(RoleEscalations.all(), AccountEscalations.all(), AssociationEscalations.all())
                        .mapToInt(List::size)
                        .sum())
                .isGreaterThanOrEqualTo(200);
    }

    /** Keeps the list in docs/permissions.md true. */
    @TestFactory
    Stream<DynamicTest> allowsDocumentedResidualRisks() {
        return evaluator.allow(
                Undeniable.all().stream().map(Undeniable::attempt).toList());
    }
}
