package dev.irsa.simulation;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.failure.RootCause;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryIam iam;
    private final Story story = new Story(clock);
    private final Tasks tasks = new Tasks(clock);
    private final Weather weather = new Weather(clock);
    private final Traffic traffic = new Traffic(clock);
    private final Schedule schedule;
    private final Defect defect;
    private final List<Realm> realms = new ArrayList<>();
    private final Oracle oracle;
    private final Hands hands;
    private final Course course;
    private final Narration narration = new Narration(this);
    private boolean calm;

    World(Schedule schedule, Defect defect) {
        this.schedule = schedule;
        this.defect = defect;
        this.iam = schedule.setting().iam(clock);
        for (ClusterIdentity identity : schedule.setting().clusters()) {
            realms.add(new Realm(this, identity));
        }
        this.oracle = new Oracle(this);
        this.hands = new Hands(this);
        this.course = new Course(this, schedule.happenings());
    }

    /** Runs a schedule; answers what was wrong, or that nothing was. */
    static Result run(Schedule schedule, Defect defect, boolean tells) {
        World world = new World(schedule, defect);
        try {
            if (tells) {
                world.story.begin(schedule.setting());
            }
            world.run();
            return world.result(Optional.empty());
        } catch (Violation e) {
            return world.broken(e);
        } catch (RuntimeException | Error e) {
            return world.broken(new Violation(8, "a defect of the operator, or of the simulation: " + RootCause.of(e)));
        } finally {
            world.tasks.end();
        }
    }

    private Result broken(Violation violation) {
        story.tell("BROKEN, invariant " + violation.what());
        return result(Optional.of(violation));
    }

    private Result result(Optional<Violation> violation) {
        return new Result(violation, story.lines(), traffic.calls(), story.digest());
    }

    private void run() {
        realms.forEach(Realm::start);
        course.run();
        calmDown();
        tasks.drive(clock.instant().plus(CALM), () -> true);
        new Rest(this).check();
    }

    /** From here on nothing goes wrong any more. */
    private void calmDown() {
        calm = true;
        story.tell("from here on nobody interferes, nothing fails, and all processes run");
        weather.clear();
        realms.forEach(Realm::recover);
    }

    /** A point that a call passes: what is due happens, and the call may have to wait. */
    void point() {
        Task task = tasks.current();
        task.dieIfKilled();
        course.point();
        task.dieIfKilled();
        tasks.waitIfToldTo();
    }

    void happens(Act act) {
        story.tell(act, narration);
        hands.perform(act);
        oracle.otherHands();
    }

    /** For as long as a sweep takes to come again. */
    void beQuiet(Map<String, Integer> refused) {
        traffic.mustBeQuiet(refused);
        tasks.drive(clock.instant().plus(SWEEP_INTERVAL), () -> true);
    }

    /** A call took effect. */
    void took(Life life, OutsideCall call, String how) {
        story.tell(life.toString(), call, how, calm && how.isEmpty() && Traffic.isRoutine(call));
        traffic.calls(life, call);
        if (life.isOusted()) {
            // It had passed the fence when it was frozen.
            oracle.lookAfterLate(life.realm(), call);
        } else {
            oracle.look(life, call);
        }
        clock.pass(Realm.isAws(call) ? AWS_CALL : API_CALL);
    }

    /** A call arrived some time after its caller had given it up. */
    void tookLate(Life life, OutsideCall call, String how) {
        story.tell("    " + life + ", late: " + call + how);
        oracle.lookAfterLate(life.realm(), call);
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

    Traffic traffic() {
        return traffic;
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

    /** The cluster of that number, counted round and round. */
    Realm realm(int number) {
        return realms.get(number % realms.size());
    }

    /** Of all processes. */
    Life process(int number) {
        List<Life> all =
                realms.stream().flatMap(realm -> realm.lives().stream()).toList();
        return all.get(number % all.size());
    }
}
