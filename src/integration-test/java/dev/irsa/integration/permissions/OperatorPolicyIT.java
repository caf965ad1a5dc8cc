package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import dev.irsa.fixtures.permissions.Undeniable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the generated policy allows and what it denies, in the eyes of an evaluator that is not ours. */
class OperatorPolicyIT {
    private final PolicyEvaluator evaluator = new PolicyEvaluator(Sample.policies());

    @TestFactory
    Stream<DynamicTest> theOperatorMayDoItsWork() {
        return evaluator.allow(Needs.all());
    }

    @Test
    void everyActionIsAmongThoseCalls() {
        assertThat(Needs.all())
                .extracting(Attempt::action)
                .containsAll(Arrays.stream(AwsAction.values())
                        .filter(action -> action != AwsAction.GET_CALLER_IDENTITY)
                        .map(AwsAction::id)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> whoeverTakesItOverCannotDoThisToRoles() {
        return evaluator.deny(RoleEscalations.all());
    }

    @TestFactory
    Stream<DynamicTest> whoeverTakesItOverCannotDoThisToTheAccount() {
        return evaluator.deny(AccountEscalations.all());
    }

    @Test
    void hundredsOfWaysAreTried() {
        assertThat(RoleEscalations.all().size() + AccountEscalations.all().size())
                .isGreaterThanOrEqualTo(200);
    }

    /** So that the list in docs/permissions.md stays true. */
    @TestFactory
    Stream<DynamicTest> whoeverTakesItOverCanDoWhatTheDocsSay() {
        return evaluator.allow(
                Undeniable.all().stream().map(Undeniable::attempt).toList());
    }
}
