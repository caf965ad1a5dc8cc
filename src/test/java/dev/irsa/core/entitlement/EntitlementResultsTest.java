package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.entitlement.EntitlementResults.Result;
import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntitlementResultsTest {
    private static final Entitlement ONE_ROLE = Platform.entitlement("one", "{limits: {rolesPerNamespace: 1}}");
    private static final Entitlement UNLIMITED =
            Platform.entitlement("unlimited", "{require: {permissionsBoundaryARN: 'arn:b'}}");

    @Test
    void namesEntitlementsWhoseQuotaMatters() {
        Result denied = result(Platform.entitlement("denied", "{limits: {rolesPerNamespace: 9}}"), "no");

        assertThat(evaluation(allowing(UNLIMITED), allowing(ONE_ROLE), denied).limitedByQuota())
                .containsExactly(Map.entry("one", 1));
    }

    @Test
    void allowsByFirstEntitlementWithinItsQuota() {
        EntitlementResults evaluation = evaluation(allowing(ONE_ROLE), allowing(UNLIMITED));

        assertThat(evaluation.decide(Map.of("one", 0)))
                .isEqualTo(new EntitlementDecision.Allowed(SampleRequirements.nothing("one")));
        assertThat(evaluation.decide(Map.of("one", 1)))
                .isEqualTo(new EntitlementDecision.Allowed(SampleRequirements.boundary("unlimited", "arn:b")));
    }

    @Test
    void allowsIfNumberOfRolesIsUnknown() {
        assertThat(evaluation(allowing(ONE_ROLE)).decide(Map.of()))
                .isEqualTo(new EntitlementDecision.Allowed(SampleRequirements.nothing("one")));
    }

    @Test
    void explainsWhyEachEntitlementDenies() {
        EntitlementResults evaluation = evaluation(allowing(ONE_ROLE), result(UNLIMITED, "first", "second"));

        assertThat(evaluation.decide(Map.of("one", 1)))
                .isEqualTo(new EntitlementDecision.Denied(
                        "denied by IamEntitlement one because the namespace has reached limits.rolesPerNamespace (1);"
                                + " delete a resource that is not needed; by IamEntitlement unlimited because first,"
                                + " and second",
                        "omit what is not allowed, or ask a platform engineer to allow it"));
    }

    @Test
    void deniesWithGivenReasonIfNoEntitlementWasEvaluated() {
        assertThat(new EntitlementResults(List.of(), "no audience").decide(Map.of()))
                .isEqualTo(new EntitlementDecision.Denied("no audience", ""));
    }

    private static Result allowing(Entitlement entitlement) {
        return result(entitlement);
    }

    private static Result result(Entitlement entitlement, String... objections) {
        return new Result(
                entitlement,
                entitlement.requirements(new RequestingNamespace("payments", Map.of())),
                List.of(objections));
    }

    private static EntitlementResults evaluation(Result... results) {
        return new EntitlementResults(List.of(results), "");
    }
}
