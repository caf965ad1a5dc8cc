package dev.irsa.simulation;

import dev.irsa.simulation.Act.Deed;
import dev.irsa.simulation.Act.Fault;
import dev.irsa.simulation.Setting.Neighbour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All that happens in one run: the same schedule runs in the same way every time. */
record Schedule(Setting setting, List<Happening> happenings) {
    Schedule {
        happenings = List.copyOf(happenings);
    }

    /** The one that a seed stands for. */
    static Schedule of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Setting setting = setting(random);
        int clusters = setting.clusters().size();
        List<Happening> happenings = new ArrayList<>();
        int size = 3 + random.nextInt(random.nextInt(4) == 0 ? 40 : 14);
        while (happenings.size() < size) {
            happenings.add(new Happening(points(random), time(random), act(random, clusters, setting.replicas())));
        }
        return new Schedule(setting, happenings);
    }

    private static Setting setting(SplittableRandom random) {
        Neighbour neighbour = random.nextInt(3) == 0 ? one(random, Neighbour.values()) : Neighbour.NONE;
        return new Setting(
                switch (random.nextInt(4)) {
                    case 0 -> Duration.ZERO;
                    case 1 -> Duration.ofMillis(random.nextInt(2000));
                    default -> Duration.ofMillis(random.nextInt((int) World.LONGEST_LAG.toMillis()));
                },
                random.nextBoolean(),
                neighbour == Neighbour.NONE && random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? 2 : 1,
                neighbour,
                random.nextInt(4) == 0 ? 1 : 48,
                random.nextInt(3) == 0);
    }

    /** Often right away and mostly soon, as what comes close together is what goes wrong. */
    private static int points(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt(100);
            default -> random.nextInt(16);
        };
    }

    private static Duration time(SplittableRandom random) {
        return Duration.ofMillis(
                switch (random.nextInt(6)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(300_000);
                    case 2 -> random.nextInt(60_000);
                    default -> random.nextInt(5_000);
                });
    }

    private static Act act(SplittableRandom random, int clusters, int replicas) {
        int cluster = random.nextInt(clusters);
        int process = random.nextInt(clusters * replicas);
        Thing thing = one(random, Thing.values());
        return switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5, 6 -> new Act.Apply(cluster, thing, one(random, Wish.values()));
            case 7, 8, 9 -> new Act.Delete(cluster, thing);
            case 10 -> new Act.Rename(cluster, Thing.INVOICES, Thing.SHARER, one(random, Wish.values()));
            case 11 -> new Act.Rename(cluster, Thing.SHARER, Thing.INVOICES, one(random, Wish.values()));
            case 12, 13 -> new Act.Drift(cluster, thing, one(random, Deed.values()));
            case 14 -> new Act.Meddle(cluster, thing, random.nextBoolean());
            case 15, 16, 17 -> new Act.Fail(true, one(random, Fault.values()), 1 + random.nextInt(3));
            case 18 -> new Act.Fail(false, one(random, Fault.values()), 1 + random.nextInt(3));
            case 19 -> new Act.Outage(random.nextBoolean(), seconds(random, 180));
            case 20, 21 -> new Act.Switch();
            case 22 -> new Act.Slow(seconds(random, 25));
            case 23 -> new Act.Freeze(process, seconds(random, 40));
            case 24, 25 -> new Act.Kill(process, seconds(random, 3));
            case 26 -> new Act.Terminate(process);
            default -> new Act.Lag(process, seconds(random, 10), seconds(random, 10));
        };
    }

    private static Duration seconds(SplittableRandom random, int most) {
        return Duration.ofMillis(random.nextInt(most * 1000));
    }

    private static <T> T one(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
