package dev.irsa.fake;

import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.port.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The point where a simulated operator meets the outside: keeps a list of all calls, lets a test look in between, and
 * cuts one of them off. For one thread.
 */
public final class CrashGate implements Gate {
    /** How a call is cut off. */
    public enum Cut {
        /** The process dies before the call goes out. */
        KILL_BEFORE(false, true),
        /** The process dies after the call took effect: whether it had its answer, nobody can tell afterwards. */
        KILL_AFTER(true, true),
        /** The call never arrives, and the process lives on. */
        FAIL_BEFORE(false, false),
        /** The call takes effect, its answer is lost, and the process lives on. */
        LOSE_ANSWER(true, false);

        private final boolean takesEffect;
        private final boolean kills;

        Cut(boolean takesEffect, boolean kills) {
            this.takesEffect = takesEffect;
            this.kills = kills;
        }
    }

    /** The end of a process: nothing catches it but the one who ordered it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(OutsideCall call) {
            super("killed at " + call, null, false, false);
        }
    }

    private final List<OutsideCall> calls = new ArrayList<>();
    private Consumer<OutsideCall> before = _ -> {};
    private Consumer<OutsideCall> after = _ -> {};
    private Optional<Cut> cut = Optional.empty();
    private int callsToCut;

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        calls.add(call);
        before.accept(call);
        Optional<Cut> now = cut.filter(_ -> --callsToCut == 0);
        if (now.isPresent()) {
            cut = Optional.empty();
            return cutOff(call, work, now.get());
        }
        T answer = work.get();
        after.accept(call);
        return answer;
    }

    private <T> T cutOff(OutsideCall call, Supplier<T> work, Cut how) {
        if (how.takesEffect) {
            try {
                var _ = work.get();
            } catch (FailureException e) {
                // A refusal is an answer like any other: it is lost.
            }
            after.accept(call);
        }
        if (how.kills) {
            throw new Killed(call);
        }
        Reason away = isAws(call) ? Reason.AwsUnavailable : Reason.KubernetesUnavailable;
        throw new FailureException(new Failure.Passing(away, "no answer"));
    }

    /** Cuts off the nth call from now on, once; 1 is the next. */
    public void cut(int nth, Cut how) {
        callsToCut = nth;
        cut = Optional.of(how);
    }

    /** Whether what was ordered has not happened yet. */
    public boolean waitsToCut() {
        return cut.isPresent();
    }

    /** Lets everything through again, and nobody looks. */
    public void open() {
        cut = Optional.empty();
        before = _ -> {};
        after = _ -> {};
    }

    /** Runs before each call takes effect: to let another writer in, or to throw. */
    public void before(Consumer<OutsideCall> look) {
        before = before.andThen(look);
    }

    /** Runs after each call took effect. */
    public void after(Consumer<OutsideCall> look) {
        after = after.andThen(look);
    }

    /** All calls since the last {@link #reset()}. */
    public List<OutsideCall> calls() {
        return List.copyOf(calls);
    }

    /** The actions of those that write to AWS, in order. */
    public List<String> awsWrites() {
        return actions(call -> isAws(call) && !isRead(call));
    }

    /** The actions of those that write to the cluster, in order. */
    public List<String> clusterWrites() {
        return actions(call -> !isAws(call) && !isRead(call));
    }

    private List<String> actions(Predicate<OutsideCall> which) {
        return calls.stream().filter(which).map(OutsideCall::action).toList();
    }

    /** Forgets the calls. */
    public void reset() {
        calls.clear();
    }

    /** Whether a call goes to AWS and not to the cluster. */
    public static boolean isAws(OutsideCall call) {
        return call.action().startsWith("iam:");
    }

    private static boolean isRead(OutsideCall call) {
        return call.action().matches("(iam:)?([Gg]et|[Ll]ist).*");
    }
}
