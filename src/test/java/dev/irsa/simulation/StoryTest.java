package dev.irsa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import org.junit.jupiter.api.Test;

class StoryTest {
    private final Story story = new Story(new VirtualClock());

    @Test
    void ofCallsThatGoOnAndOnTheFirstAndTheLastAreTold() {
        story.begin(Setting.PLAIN);
        call(100);
        story.tell("something happens");
        call(80);

        assertThat(story.lines())
                .hasSize(1 + 40 + 1 + 40 + 1 + 80)
                .startsWith("    0.000 s IAM shows each write at once", "    0.000 s     prod-1: iam:GetRole role-1")
                .contains("            ... and 20 calls more, and then", "    0.000 s something happens")
                .endsWith("    0.000 s     prod-1: iam:GetRole role-80");
    }

    private void call(int times) {
        for (int i = 1; i <= times; i++) {
            story.tell("prod-1", new OutsideCall("iam:GetRole", "role-" + i), "", false);
        }
    }
}
