package dev.irsa.simulation;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.RootCause;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.fake.ScopedRights;
import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** An account, its clusters and their operators, in which one schedule runs to its end. */
final class World {
    /** The operators wait longer for IAM than it ever takes, as they have to. */
    static final Duration CONSISTENCY_WINDOW = Duration.ofSeconds(30);

    static final Duration LONGEST_LAG = Duration.ofSeconds(10);
    /** With the lag of IAM still less than the window. */
    static final Duration LONGEST_BELATED = Duration.ofSeconds(12);

    static final Duration SWEEP_INTERVAL = Duration.ofMinutes(2);

    private static final Duration AWS_CALL = Duration.ofMillis(30);
    private static final Duration API_CALL = Duration.ofMillis(4);
    /** After the last that happens: several sweeps, and the longest pause before a retry. */
    private static final Duration CALM = Duration.ofMinutes(10);

    /** Ten times as many as the busiest schedule has needed. */
    private static final int MOST_RECONCILES = 20_000;

    /** What is called while nothing changes. */
    private static final Set<String> ROUTINE = Set.of(
            "iam:GetAccountAuthorizationDetails",
            "iam:ListRoles",
            "iam:GetOpenIDConnectProvider",
            "get customresourcedefinitions",
            "get leases",
            "patch leases");

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryIam iam = new InMemoryIam(clock);
    private final Story story = new Story(clock);
    private final Tasks tasks = new Tasks(clock);
    private final Weather weather = new Weather(clock);
    private final Schedule schedule;
    private final Defect defect;
    private final List<Realm> realms = new ArrayList<>();
    private final Oracle oracle;
    private final Hands hands;
    private int cursor;
    private int points;
    private Instant last;
    private boolean calm;
    private boolean quiet;
    private long calls;
    private int reconciles;

    World(Schedule schedule, Defect defect) {
        this.schedule = schedule;
        this.defect = defect;
        Setting setting = schedule.setting();
        iam.consistency().lag(setting.lag());
        if (setting.flickers()) {
            SplittableRandom random = new SplittableRandom(setting.lag().toNanos());
            iam.consistency().flicker(random::nextInt);
        }
        for (ClusterIdentity identity : setting.clusters()) {
            realms.add(new Realm(this, identity));
        }
        if (setting.scoped()) {
            iam.faults()
                    .scopedRights(new ScopedRights(
                            "/irsa/",
                            Map.of(
                                    "irsa.dev/cluster-id",
                                    realms.getFirst().identity().id())));
        }
        this.oracle = new Oracle(this);
        this.hands = new Hands(this);
        this.last = clock.instant();
    }

    /** Runs a schedule; answers what was wrong, or that nothing was. */
    static Result run(Schedule schedule, Defect defect, boolean tells) {
        World world = new World(schedule, defect);
        try {
            if (tells) {
                world.story.begin(schedule.setting());
            }
            world.run();
            return new Result("", world.story.lines(), world.calls, world.story.digest());
        } catch (Violation e) {
            return world.broken(e.what());
        } catch (RuntimeException | Error e) {
            return world.broken("8: a defect of the operator, or of the simulation: " + RootCause.of(e));
        } finally {
            world.tasks.end();
        }
    }

    private Result broken(String violation) {
        story.tell("VIOLATED: " + violation);
        return new Result(violation, story.lines(), calls, story.digest());
    }

    /**
     * What came of a run.
     *
     * @param violation empty when nothing was
     * @param story line by line; empty unless it was to be told
     * @param calls to the outside
     * @param digest the same for the same run
     */
    record Result(String violation, List<String> story, long calls, long digest) {
        boolean failed() {
            return !violation.isEmpty();
        }
    }

    private void run() {
        realms.forEach(Realm::start);
        while (cursor < schedule.happenings().size()) {
            int awaited = cursor;
            tasks.drive(last.plus(schedule.happenings().get(cursor).time()), () -> cursor == awaited);
            if (cursor == awaited) {
                happen();
            }
        }
        calmDown();
        tasks.drive(clock.instant().plus(CALM), () -> true);
        new Rest(this).check();
    }

    /** From here on nothing goes wrong any more. */
    private void calmDown() {
        calm = true;
        story.tell("calm");
        weather.clear();
        realms.forEach(Realm::recover);
    }

    /** A point that a call passes: what is due happens, and the call may have to wait. */
    void point() {
        Tasks.Task task = tasks.current();
        task.dieIfKilled();
        points++;
        while (cursor < schedule.happenings().size()
                && points >= schedule.happenings().get(cursor).points()) {
            happen();
        }
        task.dieIfKilled();
        tasks.waitIfToldTo();
    }

    private void happen() {
        Act act = schedule.happenings().get(cursor++).act();
        points = 0;
        last = clock.instant();
        story.tell(act);
        hands.perform(act);
        oracle.otherHands();
    }

    /** For as long as a sweep takes to come again: whatever is called but that breaks an invariant. */
    void beQuiet() {
        quiet = true;
        tasks.drive(clock.instant().plus(SWEEP_INTERVAL), () -> true);
    }

    /** A resource is reconciled: one that has itself called for ever comes to no end. */
    void reconciles() {
        Oracle.require(++reconciles < MOST_RECONCILES, "7: the resources are reconciled for ever");
    }

    /** A call took effect. */
    void took(Life life, OutsideCall call, String how) {
        calls++;
        story.tell(life, call, how, calm && how.isEmpty() && ROUTINE.contains(call.action()));
        Oracle.require(!quiet || ROUTINE.contains(call.action()), "7: though nothing changes there is " + call);
        if (life.isOusted()) {
            // It had passed the fence when it was frozen.
            oracle.lookAfterLate(life.realm(), call);
        } else {
            oracle.look(life, call);
        }
        clock.pass(Realm.isAws(call) ? AWS_CALL : API_CALL);
    }

    /** A call took effect of which its caller heard nothing, some time after. */
    void tookLate(Realm realm, OutsideCall call) {
        story.tell("belated: " + call.action() + " " + call.subject());
        oracle.lookAfterLate(realm, call);
    }

    VirtualClock clock() {
        return clock;
    }

    InMemoryIam iam() {
        return iam;
    }

    Story story() {
        return story;
    }

    Tasks tasks() {
        return tasks;
    }

    Weather weather() {
        return weather;
    }

    Setting setting() {
        return schedule.setting();
    }

    Defect defect() {
        return defect;
    }

    List<Realm> realms() {
        return realms;
    }

    Oracle oracle() {
        return oracle;
    }

    Hands hands() {
        return hands;
    }

    boolean isCalm() {
        return calm;
    }

    /** Of all processes. */
    Life process(int number) {
        List<Life> all =
                realms.stream().flatMap(realm -> realm.lives().stream()).toList();
        return all.get(number % all.size());
    }
}
