package dev.irsa.reconcile.run;

import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result of applying a list of changes.
 *
 * @param changes those that were made
 * @param role the role after them, if it is the resource's and its state is known
 * @param failure why the rest was not made; empty if all were
 */
public record Applied(List<Change> changes, Optional<RoleState> role, Optional<Failure> failure) {
    public static final Applied NONE = new Applied(List.of(), Optional.empty(), Optional.empty());

    public Applied {
        changes = List.copyOf(changes);
    }

    /** Applies more changes after these, unless these failed; returns all that were made. */
    public Applied then(Supplier<List<Change>> more) {
        if (failure.isPresent()) {
            return this;
        }
        try {
            List<Change> all = new ArrayList<>(changes);
            all.addAll(more.get());
            return new Applied(all, role, failure);
        } catch (RuntimeException e) {
            return new Applied(changes, role, Optional.of(StepFailures.of(e)));
        }
    }

    /** Runs a step; returns why it failed, or empty if it did not. */
    public static Optional<Failure> attempt(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(StepFailures.of(e));
        }
    }

    /** Returns whether IAM refused to create the role because one of that name exists. */
    public boolean isNameTaken() {
        return failure.filter(AwsFailure.AlreadyExists.class::isInstance).isPresent();
    }
}
