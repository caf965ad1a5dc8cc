package dev.irsa.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs only while its driver lets it, and then the driver waits: of a driver and its fibers one at a time
 * runs. What one wrote the next sees.
 */
final class Fiber {
    /** What a fiber dies of whose process was killed. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private volatile Thread driver = Thread.currentThread();
    private final Thread thread;
    private final String name;
    private volatile boolean running;
    private volatile boolean ended;
    private boolean killed;
    private @Nullable Throwable failure;

    Fiber(String name, Runnable work) {
        this.name = name;
        this.thread = Thread.ofVirtual().unstarted(() -> run(work));
    }

    private void run(Runnable work) {
        try {
            dieIfKilled();
            work.run();
        } catch (Killed e) {
            // As was ordered.
        } catch (Throwable e) {
            failure = e;
        } finally {
            ended = true;
            running = false;
            LockSupport.unpark(driver);
        }
    }

    /** By the driver: lets it run until it pauses or ends. What it dies of is thrown here. */
    void resume() {
        driver = Thread.currentThread();
        running = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (running) {
            LockSupport.park(this);
        }
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            default -> throw new IllegalStateException("a defect of the simulation or of what it runs", failure);
        }
    }

    /** By the fiber itself: until the driver lets it run again. */
    void pause() {
        dieIfKilled();
        running = false;
        LockSupport.unpark(driver);
        while (!running) {
            LockSupport.park(this);
        }
        dieIfKilled();
    }

    /** It runs on to its next chance to die. */
    void kill() {
        killed = true;
    }

    void dieIfKilled() {
        if (killed) {
            throw new Killed();
        }
    }

    boolean isKilled() {
        return killed;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public String toString() {
        return name;
    }
}
