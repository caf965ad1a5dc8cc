package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.NAME;
import static dev.irsa.reconcile.Trial.NS;
import static dev.irsa.reconcile.Trial.ROLE;

import dev.irsa.drift.SweepSettings;
import dev.irsa.fake.RoleRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Journeys that nobody asked for: what a sweep finds. */
final class UnaskedJourneys {
    private static final Duration INTERVAL = SweepSettings.DEFAULT.interval();
    private static final SweepSettings REMOVES =
            new SweepSettings(INTERVAL, SweepSettings.DEFAULT.fallbackInterval(), true, _ -> true);

    /** One orphan among so many roles is not too many to be removed. */
    private static final int ENOUGH = 20;

    private UnaskedJourneys() {}

    static List<Journey> all() {
        return List.of(
                drift(
                        "what describes the role was changed",
                        role -> role.withDescription("theirs")
                                .withMaxSessionSeconds(43200)
                                .withTag("team", "theirs")
                                .withTag("extra", "theirs")),
                drift("the boundary was taken off", RoleRecord::withoutBoundary),
                drift(
                        "the policies were taken off",
                        role -> role.withoutAttached(Trial.S3).withoutInline("read")),
                drift(
                        "policies were put on",
                        role -> role.withAttached(Trial.SQS).withInline("theirs", "{}")),
                Journey.of(
                                "the role was deleted",
                                trial -> trial.apply(Journey.WHOLE),
                                trial -> trial.operator.iam().console().delete(ROLE))
                        .noticedWithin(INTERVAL),
                Journey.of("the role has lost its resource", UnaskedJourneys::orphan, _ -> {})
                        .noticedWithin(INTERVAL.multipliedBy(4)));
    }

    private static Journey drift(String name, UnaryOperator<RoleRecord> edit) {
        return Journey.of(
                        name,
                        trial -> trial.apply(Journey.WHOLE),
                        trial -> trial.operator.iam().console().edit(ROLE, edit))
                .noticedWithin(INTERVAL);
    }

    private static void orphan(Trial trial) {
        trial.operator.sweeping(REMOVES).restart();
        trial.apply(Journey.WHOLE);
        IntStream.range(0, ENOUGH).forEach(i -> trial.operator.hands().apply(NS, "r" + i, "{}"));
        trial.operator.settle();
        trial.operator.hands().lose(NS, NAME);
    }
}
