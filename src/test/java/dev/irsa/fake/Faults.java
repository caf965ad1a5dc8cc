package dev.irsa.fake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * IAM's bad days, to order. Several may be ordered; the one that was ordered first wins. "Nth" counts from the order
 * on, so that 1 is the next call of that action. The fake does not try again, as the SDK's own client would.
 */
public final class Faults {
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Rights rights;
    private final List<Fault> before = new ArrayList<>();
    private final List<Fault> after = new ArrayList<>();
    private Consumer<Call> hookBefore = _ -> {};
    private Consumer<Call> hookAfter = _ -> {};

    Faults(Rights rights) {
        this.rights = rights;
    }

    /** Every call is throttled until {@link #none()}. */
    public void throttleAll() {
        failAll(Refusal.throttling());
    }

    /** The next calls are throttled, whatever they ask. */
    public void throttleNext(int calls) {
        add(before, new Fault(_ -> true, 0, calls, _ -> Refusal.throttling().get()));
    }

    /** Every call of one action is throttled. */
    public void throttle(String action) {
        add(before, new Fault(is(action), 0, ALWAYS, _ -> Refusal.throttling().get()));
    }

    /** Every call fails with this, and has no effect: {@code failAll(Refusal.of("ExpiredToken", 403, ...))}. */
    public void failAll(Supplier<? extends RuntimeException> failure) {
        add(before, new Fault(_ -> true, 0, ALWAYS, _ -> failure.get()));
    }

    /** Every call of one action fails with this, and has no effect. */
    public void fail(String action, Supplier<? extends RuntimeException> failure) {
        add(before, new Fault(is(action), 0, ALWAYS, _ -> failure.get()));
    }

    /** One call fails with this, and has no effect. */
    public void failNth(String action, int n, Supplier<? extends RuntimeException> failure) {
        add(before, new Fault(is(action), n - 1, 1, _ -> failure.get()));
    }

    /** One call fails with this although it took effect. */
    public void failNthAfterEffect(String action, int n, Supplier<? extends RuntimeException> failure) {
        add(after, new Fault(is(action), n - 1, 1, _ -> failure.get()));
    }

    /** One call takes effect, and its answer never comes. */
    public void loseAnswerOfNth(String action, int n) {
        failNthAfterEffect(action, n, Outages::answerLost);
    }

    /** The caller's policies do not allow this action. */
    public void deny(String action) {
        deny(action, "because no identity-based policy allows the iam:" + action + " action");
    }

    /** Something else denies: {@code "with an explicit deny in a service control policy"}. */
    public void deny(String action, String because) {
        add(before, new Fault(is(action), 0, ALWAYS, call -> rights.denied(call, because)));
    }

    /** IAM's name is not known, as without a network. */
    public void unreachable() {
        failAll(Outages::unknownHost);
    }

    /** IAM cannot be reached in some other way: {@code new ConnectException("Connection refused")}. */
    public void unreachable(IOException cause) {
        failAll(() -> Outages.unreachable(cause));
    }

    /** Every call takes no effect and is answered with something that is not XML. */
    public void nonsense() {
        failAll(Outages::nonsense);
    }

    /**
     * The caller may write only to roles under this path that carry these tags, and create only with them. A write to
     * a role that does not exist, or that IAM does not see yet, is then denied too: there is no path and no tag to
     * allow it by. Reads stay allowed. Called again, it grants more.
     */
    public void scopedRights(ScopedRights granted) {
        rights.grant(granted);
    }

    /** Runs in the caller's thread before a call is looked at: to pause it, to let another writer in, or to throw. */
    public synchronized void before(Consumer<Call> hook) {
        hookBefore = hook;
    }

    /** Runs in the caller's thread after a call took effect and before it is answered. */
    public synchronized void after(Consumer<Call> hook) {
        hookAfter = hook;
    }

    /** All is well again: no faults, no hooks, all rights. */
    public synchronized void none() {
        before.clear();
        after.clear();
        hookBefore = _ -> {};
        hookAfter = _ -> {};
        rights.all();
    }

    void beforeEffect(Call call) {
        hookBefore().accept(call);
        throwFirst(before, call);
    }

    void afterEffect(Call call) {
        hookAfter().accept(call);
        throwFirst(after, call);
    }

    private void throwFirst(List<Fault> faults, Call call) {
        due(faults, call).ifPresent(fault -> {
            throw fault.failure().apply(call);
        });
    }

    private synchronized Optional<Fault> due(List<Fault> faults, Call call) {
        // Each must count the call, so no stopping at the first.
        var due = faults.stream().filter(fault -> fault.isDue(call)).toList();
        return due.stream().findFirst();
    }

    private synchronized Consumer<Call> hookBefore() {
        return hookBefore;
    }

    private synchronized Consumer<Call> hookAfter() {
        return hookAfter;
    }

    private synchronized void add(List<Fault> faults, Fault fault) {
        faults.add(fault);
    }

    private static Predicate<Call> is(String action) {
        return call -> call.action().equals(action);
    }
}
