package dev.irsa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NarrationTest {
    @Test
    void thePageShowsOne() throws InterruptedException {
        String writes = Simulation.story(11, KnownDefect.TAKES_BEFORE_IT_GIVES).stream()
                .filter(line -> !line.matches(".*: (get|list|iam:(Get|List)).*"))
                .collect(Collectors.joining("\n"));

        assertThat(Path.of("docs/reliability.md")).content().contains("```text\n" + writes + "\n```");
    }

    @Test
    void aStoryTellsWhatUsersDidWhatTheOperatorDidAndWhatWasBroken() throws InterruptedException {
        List<String> story = Simulation.story(1, KnownDefect.BELIEVES_ONE_404);

        assertThat(story.getFirst()).contains("IAM shows each write");
        assertThat(story)
                .anyMatch(line -> line.endsWith(">>> a user applies sharer (READ: [AmazonS3ReadOnlyAccess])"))
                .anyMatch(line -> line.endsWith("prod-1: iam:CreateRole prod_payments_sharer"))
                .anyMatch(line -> line.endsWith("prod-1: iam:GetRole prod_payments_sharer -> NotFound"))
                .anyMatch(
                        line -> line.endsWith("from here on nobody interferes, nothing fails, and all processes run"));
        assertThat(story.getLast())
                .endsWith("BROKEN, invariant 2: after patch iamserviceaccounts sharer nothing holds the resource,"
                        + " and its role is still there");
    }

    @Test
    void allThatHappensIsToldInWords() throws InterruptedException {
        Set<String> told = new HashSet<>();
        List<Violation> violations = new ArrayList<>();
        Thread.ofVirtual()
                .start(() -> {
                    for (long seed = 0; seed < 100; seed++) {
                        Result result = World.run(Schedule.of(seed), Defect.NONE, true);
                        result.violation().ifPresent(violations::add);
                        result.story().stream()
                                .filter(line -> line.contains(" s >>> "))
                                .map(line -> line.substring(line.indexOf(">>> ") + 4))
                                .forEach(told::add);
                    }
                })
                .join();

        assertThat(violations).isEmpty();
        assertThat(List.of("a user", "somebody", "the next", "nobody reaches", "whoever works", "the call that runs"))
                .allSatisfy(beginning -> assertThat(told).anyMatch(line -> line.startsWith(beginning)));
        assertThat(List.of("is frozen for", "is killed", "is asked to end", "hears of resources"))
                .allSatisfy(words -> assertThat(told).anyMatch(line -> line.contains(words)));
        assertThat(told).as("nothing as Java prints it").noneMatch(line -> line.matches(".*(\\w\\[|PT\\d).*"));
    }
}
