package dev.irsa.reconcile.run;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.Change;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What was changed, and why the rest was not. A step that makes changes returns this, so that a later failure does not hide what
 * was changed before it. Any other step that fails throws a {@link FailureException}.
 *
 * @param changes those that were made
 * @param failure why the rest was not made; empty if all were
 */
public record Applied(List<Change> changes, Optional<Failure> failure) {
    public static final Applied NONE = new Applied(List.of(), Optional.empty());

    public Applied {
        changes = List.copyOf(changes);
    }

    /** Returns that this change was made. */
    public static Applied of(Change change) {
        return new Applied(List.of(change), Optional.empty());
    }

    /** Runs a step. One that throws made no change that is known: a response may have been lost. */
    public static Applied attempt(Supplier<Applied> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return new Applied(List.of(), Optional.of(StepFailures.of(e)));
        }
    }

    /** Runs a step that prepares changes and makes none itself. */
    public static Applied prepare(Runnable step) {
        return attempt(() -> {
            step.run();
            return NONE;
        });
    }

    /** Applies changes one after the other, until one fails. */
    public static <C extends Change> Applied each(List<C> changes, Consumer<C> apply) {
        Applied applied = NONE;
        for (C change : changes) {
            applied = applied.then(() -> {
                apply.accept(change);
                return of(change);
            });
        }
        return applied;
    }

    /** Returns this, followed by another step unless this failed. */
    public Applied then(Supplier<Applied> next) {
        return failure.isPresent() ? this : and(next);
    }

    /** Returns this, followed by another step that does not depend on it. The first failure is kept. */
    public Applied and(Supplier<Applied> other) {
        Applied second = attempt(other);
        List<Change> all = new ArrayList<>(changes);
        all.addAll(second.changes);
        return new Applied(all, failure.or(second::failure));
    }

    /** Returns the result of the rest of a reconcile after these changes, or of one that failed here or there. */
    public ReconcileResult followedBy(Supplier<ReconcileResult> rest) {
        return failure.map(ReconcileResult::failed)
                .orElseGet(() -> resultOf(rest))
                .precededBy(changes);
    }

    private static ReconcileResult resultOf(Supplier<ReconcileResult> rest) {
        try {
            return rest.get();
        } catch (RuntimeException e) {
            return ReconcileResult.failed(StepFailures.of(e));
        }
    }
}
