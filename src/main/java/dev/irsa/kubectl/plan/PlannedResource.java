package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator would do for one resource.
 *
 * @param changes in the order in which the operator would make them
 * @param addsFinalizer whether the resource would get the finalizer
 * @param reason the reason of its condition Ready afterwards; empty if it would be deleted
 * @param message the message of that condition
 * @param remarks what users should know although nothing fails; the message of a Ready condition ends with them
 */
public record PlannedResource(
        String namespace,
        String name,
        PlanAction action,
        @JsonSerialize(contentConverter = Step.Of.class) List<Change> changes,
        @JsonIgnore boolean addsFinalizer,
        String reason,
        String message,
        @JsonIgnore List<String> remarks) {
    public PlannedResource {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }

    /**
     * A change as programs read it.
     *
     * @param action the API action, such as {@code AttachRolePolicy}
     * @param description what it changes
     */
    record Step(String action, String description) {
        static final class Of extends StdConverter<Change, Step> {
            @Override
            public Step convert(Change change) {
                return new Step(change.getClass().getSimpleName(), change.describe());
            }
        }
    }

    /** Returns whether a user has to act before the resource can become Ready. */
    @JsonIgnore
    public boolean isBlocked() {
        return action == PlanAction.refused || isStalled(reason);
    }

    /** Returns whether only a user can resolve what this reason names. */
    static boolean isStalled(String reason) {
        return reason.equals(Reason.DeletionBlocked.name())
                || Stream.of(Reason.values()).anyMatch(known -> known.name().equals(reason) && known.stalled());
    }
}
