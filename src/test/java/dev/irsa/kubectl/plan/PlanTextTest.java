package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final Change ATTACH = new AttachRolePolicy("role", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    private static final Change DETACH = new DetachRolePolicy("role", "arn:aws:iam::aws:policy/PowerUserAccess");

    private static PlannedResource planned(PlanAction action, String reason, String message, Change... changes) {
        return new PlannedResource(
                "payments", action.name(), action, List.of(changes), false, reason, message, List.of());
    }

    private static String text(Terminal terminal, PlannedResource... resources) {
        return PlanText.of(new PlanResult(List.of(resources), true, List.of()), terminal);
    }

    @Test
    void showsEachResourceWithChangesAndSummary() {
        assertThat(text(
                        Terminal.NONE,
                        planned(PlanAction.none, "Ready", "role is up to date"),
                        planned(PlanAction.change, "Ready", "role is up to date", ATTACH, DETACH),
                        planned(PlanAction.refused, "NotEntitled", "no entitlement allows it; ask for one")))
                .isEqualTo("""
                        ~ payments/change: to change
                            + attach policy arn:aws:iam::aws:policy/ReadOnlyAccess to role role
                            - detach policy arn:aws:iam::aws:policy/PowerUserAccess from role role

                        FAILED payments/refused: refused
                            FAILED NotEntitled: no entitlement allows it; ask for one

                        Plan: 0 to create, 1 to change, 0 to delete, 1 unchanged, 1 refused.
                        """);
    }

    @Test
    void showsPropertiesOfNewRole() {
        assertThat(text(Terminal.NONE, planned(PlanAction.create, "Ready", "", new CreateRole(Examples.role()))))
                .contains(
                        "    + create role " + Examples.ARN,
                        "        trust policy: {\"Version\":\"2012-10-17\"}",
                        "        permissions boundary: none",
                        "        tag: irsa.dev/cluster=prod");
    }

    @Test
    void showsFinalizerThatIsTheOnlyChange() {
        PlannedResource resource =
                new PlannedResource("payments", "x", PlanAction.change, List.of(), true, "Ready", "", List.of());

        assertThat(text(Terminal.NONE, resource)).contains("    + add the finalizer to the resource");
    }

    @Test
    void saysWhichChangesDoNotReachTheGoal() {
        assertThat(text(
                        Terminal.NONE,
                        planned(PlanAction.create, "PodIdentityUnavailable", "no agent; install it", ATTACH)))
                .contains("FAILED PodIdentityUnavailable: no agent; install it", "1 of them not completely");
    }

    @Test
    void cutsDescriptionsButNoMessageOnNarrowTerminal() {
        Terminal narrow = new Terminal(true, false, true, 40);

        assertThat(text(narrow, planned(PlanAction.waiting, "WaitingForPods", "x".repeat(60), ATTACH)))
                .contains("    + attach policy arn:aws:iam::aws:po…\n", "x".repeat(60));
    }

    @Test
    void showsNoControlCharactersOfManifests() {
        Change hostile = new UpdateRole("role", "a\u001b[31m\nPlan: 0 to create", 3600);

        assertThat(text(Terminal.NONE, planned(PlanAction.change, "InvalidSpec", "x\u001b[2J\ny", hostile)))
                .doesNotContain("\u001b")
                .contains("a [31m Plan: 0 to create\"", "x [2J y");
    }

    @Test
    void usesColoursOnTerminalThatHasThem() {
        assertThat(text(new Terminal(true, true, true, 100), planned(PlanAction.change, "Ready", "", ATTACH)))
                .startsWith("\u001b[33m~\u001b[0m \u001b[1mpayments/change\u001b[0m: to change\n");
    }
}
