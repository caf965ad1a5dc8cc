package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.Requirements;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MissingRequirementsTest {
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";
    private static final String BASELINE = "arn:aws:iam::111122223333:policy/baseline";

    private static RoleState role(Optional<String> boundary, Set<String> attached, Map<String, String> tags) {
        return new RoleState(
                new ObservedRole(
                        "prod_payments_invoices",
                        "/irsa/prod/",
                        "arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices",
                        "AROA1",
                        "",
                        3600,
                        boundary,
                        new TreeMap<>(tags),
                        PolicyFingerprint.UNKNOWN,
                        Optional.empty()),
                ObservedPolicies.of(attached, Map.of()));
    }

    private static Requirements require(
            String entitlement, Optional<String> boundary, Set<String> managed, Map<String, String> tags) {
        return new Requirements(entitlement, boundary, new TreeSet<>(managed), new TreeMap<>(tags));
    }

    private static final Requirements ALL =
            require("payments", Optional.of(BOUNDARY), Set.of(BASELINE), Map.of("team", "payments"));
    private static final RoleState BARE = role(Optional.empty(), Set.of(), Map.of());

    @Test
    void namesEachWithItsEntitlement() {
        assertThat(MissingRequirements.of(BARE, List.of(ALL)))
                .containsExactly(
                        "IamEntitlement payments requires permissions boundary " + BOUNDARY,
                        "IamEntitlement payments requires managed policy " + BASELINE,
                        "IamEntitlement payments requires tag team=payments");
    }

    @Test
    void namesATagOfWhichTheRoleHasOnlyALookalike() {
        Requirements required = require("payments", Optional.empty(), Set.of(), Map.of("risk", "high"));
        RoleState role = role(Optional.empty(), Set.of(), Map.of("r\u0131sk", "high"));

        assertThat(MissingRequirements.of(role, List.of(required)))
                .containsExactly("IamEntitlement payments requires tag risk=high");
    }

    @Test
    void isEmptyForARoleThatHasMore() {
        RoleState role = role(Optional.of(BOUNDARY), Set.of(BASELINE, "other"), Map.of("Team", "payments", "a", "b"));

        assertThat(MissingRequirements.of(role, List.of(ALL))).isEmpty();
        assertThat(MissingRequirements.of(BARE, List.of())).isEmpty();
    }

    @Test
    void comparesValuesOfTagsAndTheBoundary() {
        RoleState role = role(Optional.of(BASELINE), Set.of(BASELINE), Map.of("team", "Payments"));

        assertThat(MissingRequirements.of(role, List.of(ALL)))
                .containsExactly(
                        "IamEntitlement payments requires permissions boundary " + BOUNDARY,
                        "IamEntitlement payments requires tag team=payments");
    }

    @Test
    void oneEntitlementWhoseRequirementsAreMetIsEnough() {
        Requirements nothing = require("sandbox", Optional.empty(), Set.of(), Map.of());
        Requirements tag = require("ledger", Optional.empty(), Set.of(), Map.of("team", "ledger"));

        assertThat(MissingRequirements.of(BARE, List.of(ALL, nothing))).isEmpty();
        assertThat(MissingRequirements.of(BARE, List.of(tag, ALL)))
                .containsExactly("IamEntitlement ledger requires tag team=ledger");
    }
}
