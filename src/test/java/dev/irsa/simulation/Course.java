package dev.irsa.simulation;

import java.time.Instant;
import java.util.List;

/** A schedule as it comes to pass: what happens next, and when. */
final class Course {
    private final World world;
    private final List<Happening> happenings;
    private int cursor;
    private int points;
    private Instant last;

    Course(World world, List<Happening> happenings) {
        this.world = world;
        this.happenings = happenings;
        this.last = world.clock().instant();
    }

    /** Lets time pass until all has happened. */
    void run() {
        while (!isOver()) {
            int awaited = cursor;
            world.tasks().drive(last.plus(next().time()), () -> cursor == awaited);
            if (cursor == awaited) {
                happen();
            }
        }
    }

    /** A call passes a point: what is due happens. */
    void point() {
        points++;
        while (!isOver() && points >= next().points()) {
            happen();
        }
    }

    private boolean isOver() {
        return cursor == happenings.size();
    }

    private Happening next() {
        return happenings.get(cursor);
    }

    private void happen() {
        Act act = next().act();
        cursor++;
        points = 0;
        last = world.clock().instant();
        world.happens(act);
    }
}
