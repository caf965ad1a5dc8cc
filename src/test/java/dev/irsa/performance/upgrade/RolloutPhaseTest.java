package dev.irsa.performance.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutPhaseTest {
    private static final List<Duration> ONE_CHANGE = List.of(Duration.ofSeconds(1));
    private static final List<Duration> EDITS = Collections.nCopies(50, Duration.ofMillis(300));

    @Test
    void acceptsWhatTheUsersRequire() {
        RolloutPhase phase = phase(
                List.of(),
                update("edited-1", "edit 1"),
                call("GetRole", "unchanged-1"),
                call("CreateRole", "short-lived-5"),
                call("DeleteRole", "short-lived-5"));

        assertThat(phase.violations()).isEmpty();
        assertThat(phase.cells()).containsExactly("20.00", "1", "1.00", "50", "1", "0", "0.30", "0.30", "0", "0", "0");
    }

    @Test
    void acceptsThatRolesAreWrittenAgainAsTheyWere() {
        AwsCall attached = call("AttachRolePolicy", "edited-1");

        RolloutPhase phase = phase(
                List.of(trust("CreateRole", "AssumeRolePolicyDocument", "{}"), attached),
                trust("UpdateAssumeRolePolicy", "PolicyDocument", "{}"),
                attached);

        assertThat(phase.violations()).isEmpty();
        assertThat(phase.writes().confirmations()).isEqualTo(2);
    }

    @Test
    void findsAnotherTrustPolicy() {
        RolloutPhase phase = phase(
                List.of(trust("CreateRole", "AssumeRolePolicyDocument", "{}")),
                trust("UpdateAssumeRolePolicy", "PolicyDocument", "{wider}"));

        assertThat(phase.violations()).singleElement().asString().startsWith("upgrade: no change requires");
    }

    @Test
    void findsWritesThatNoChangeRequires() {
        RolloutPhase phase = phase(
                List.of(),
                update("unchanged-1", "drift"),
                call("DetachRolePolicy", "edited-1"),
                call("UpdateRole", "short-lived-5"));

        assertThat(phase.violations()).hasSize(3).allMatch(line -> line.startsWith("upgrade: no change requires"));
    }

    @Test
    void findsWritesThatAreRepeatedInALaterPhase() {
        AwsCall edit = update("edited-1", "edit 1");

        assertThat(phase(List.of(edit), edit).violations())
                .singleElement()
                .asString()
                .startsWith("upgrade: repeated");
    }

    @Test
    void findsThatNothingWasTested() {
        RolloutPhase phase = new RolloutPhase(
                "upgrade",
                Optional.of(Duration.ofSeconds(20)),
                List.of(),
                List.of(),
                new AwsWrites(List.of(), List.of()),
                List.of("ServiceAccount unchanged-1"));

        assertThat(phase.violations())
                .containsExactly(
                        "upgrade: ServiceAccount unchanged-1 was written",
                        "upgrade: only 0 edits",
                        "upgrade: the leader did not change");
    }

    private static RolloutPhase phase(List<AwsCall> earlier, AwsCall... calls) {
        return new RolloutPhase(
                "upgrade",
                Optional.of(Duration.ofSeconds(20)),
                ONE_CHANGE,
                EDITS,
                new AwsWrites(earlier, List.of(calls)),
                List.of());
    }

    private static AwsCall update(String resource, String description) {
        return new AwsCall(
                "iam", "UpdateRole", Map.of("RoleName", UpgradeMachine.role(resource), "Description", description));
    }

    private static AwsCall trust(String action, String parameter, String document) {
        return new AwsCall("iam", action, Map.of("RoleName", UpgradeMachine.role("edited-1"), parameter, document));
    }

    private static AwsCall call(String action, String resource) {
        return new AwsCall("iam", action, Map.of("RoleName", UpgradeMachine.role(resource)));
    }
}
