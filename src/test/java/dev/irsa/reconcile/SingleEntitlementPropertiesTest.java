package dev.irsa.reconcile;

import dev.irsa.fixtures.entitlement.EntitledRole;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A role never holds a combination of policies, boundary, tags of the user and session duration that no single entitlement
 * allowed since its resource was last Ready, whichever call fails and whatever changes meanwhile.
 */
class SingleEntitlementPropertiesTest {
    private static final int STEPS = 6;

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void roleIsAlwaysAllowedByOneEntitlement(@ForAll long seed) {
        EntitledRole role = new EntitledRole(seed);
        for (int step = 0; step < STEPS; step++) {
            role.step();
        }
    }
}
