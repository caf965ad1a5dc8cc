package dev.irsa.simulation;

import dev.irsa.fake.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** What runs, what waits for its turn, and what waits for its time. Time passes when nothing is left to do in it. */
final class Tasks {
    private final VirtualClock clock;
    private final Deque<Task> ready = new ArrayDeque<>();
    private final List<Task> all = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::number));
    private Optional<Task> current = Optional.empty();
    private long number;

    private record Timer(Instant at, long number, Optional<Life> life, Runnable action) {}

    Tasks(VirtualClock clock) {
        this.clock = clock;
    }

    /** The one that runs. */
    Task current() {
        return current.orElseThrow();
    }

    Optional<Task> running() {
        return current;
    }

    void spawn(Life life, String name, Runnable work) {
        Task task = new Task(life, name, work);
        all.add(task);
        ready.addLast(task);
    }

    /** Has something done at that time, whatever lives then. */
    void at(Instant time, Runnable action) {
        timers.add(new Timer(time, number++, Optional.empty(), action));
    }

    /** Has something done at that time in a process, if it lives, or as soon as it goes on. */
    void at(Instant time, Life life, Runnable action) {
        timers.add(new Timer(time, number++, Optional.of(life), action));
    }

    /** From the task itself: lets so much time pass. */
    void sleep(Duration time) {
        Task task = current();
        at(clock.instant().plus(time), () -> ready.addLast(task));
        task.fiber().pause();
    }

    /** From the task itself. */
    void waitIfToldTo() {
        Task task = current();
        Duration time = task.nextSleep();
        if (!time.isZero()) {
            sleep(time);
        }
        if (task.hasToYield()) {
            ready.addLast(task);
            task.fiber().pause();
        }
    }

    /** The process has ended: what it was at ends too. */
    void kill(Life life) {
        for (Task task : all) {
            if (task.life() == life && !task.fiber().hasEnded() && !task.fiber().isKilled()) {
                task.fiber().kill();
                if (current.filter(running -> running == task).isEmpty()) {
                    ready.addFirst(task);
                }
            }
        }
    }

    /** Does all that is to be done until then, for as long as it is asked to. */
    void drive(Instant end, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            fire();
            Optional<Task> next = next();
            if (next.isPresent()) {
                run(next.get());
                continue;
            }
            Instant time = timers.isEmpty() ? end : timers.peek().at();
            if (time.isAfter(end)) {
                clock.reach(end);
                return;
            }
            clock.reach(time);
            if (timers.isEmpty()) {
                return;
            }
        }
    }

    private void run(Task task) {
        current = Optional.of(task);
        try {
            task.fiber().resume();
        } finally {
            current = Optional.empty();
        }
        if (task.fiber().hasEnded()) {
            all.remove(task);
        }
    }

    private Optional<Task> next() {
        for (int left = ready.size(); left > 0; left--) {
            Task task = ready.removeFirst();
            if (task.fiber().hasEnded()) {
                continue;
            }
            if (!task.life().isFrozen() || task.fiber().isKilled()) {
                return Optional.of(task);
            }
            at(task.life().frozenUntil(), () -> ready.addLast(task));
        }
        return Optional.empty();
    }

    private void fire() {
        while (!timers.isEmpty() && !timers.peek().at().isAfter(clock.instant())) {
            Timer timer = timers.remove();
            boolean frozen = timer.life()
                    .filter(life -> !life.isDead() && life.isFrozen())
                    .isPresent();
            if (frozen) {
                at(timer.life().orElseThrow().frozenUntil(), timer.life().orElseThrow(), timer.action());
            } else if (timer.life().filter(Life::isDead).isEmpty()) {
                timer.action().run();
            }
        }
    }

    /** Ends all, so that no thread is left behind. */
    void end() {
        timers.clear();
        for (Task task : List.copyOf(all)) {
            if (!task.fiber().hasEnded()) {
                task.fiber().kill();
                current = Optional.of(task);
                try {
                    task.fiber().resume();
                } catch (RuntimeException | Error e) {
                    // It ends, however.
                }
            }
        }
        all.clear();
    }
}
