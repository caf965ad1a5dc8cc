package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.ownership.Owner;
import java.util.Optional;

/** Derives how far the adoption of a role is from what a reconcile has observed anyway. */
final class AdoptionProgress {
    private AdoptionProgress() {}

    /** Returns the progress; empty if the resource adopts no role, or if nothing is known. */
    static Optional<Adoption> of(IamServiceAccount resource, ReconcileResult result) {
        if (resource.getSpec().role().adoption() == AdoptionPolicy.Never) {
            return Optional.empty();
        }
        if (result.role().state().isPresent()) {
            boolean adopted = Owner.isAdopted(result.role().state().get().role().tags());
            return adopted ? Optional.of(Adoption.Adopted) : Optional.empty();
        }
        if (result.role().offered()) {
            return Optional.of(Adoption.Offered);
        }
        return switch (result.ending()) {
            case Ending.Failed failed when isConflict(failed.failure()) -> Optional.of(Adoption.Refused);
            case Ending.Failed _ -> before(PreviousStatus.of(resource));
            case Ending.Pending pending ->
                pending.obstacle().filter(AdoptionProgress::isConflict).map(_ -> Adoption.Refused);
            case Ending.Ready _, Ending.ExternalReady _, Ending.Gone _, Ending.Deferred _, Ending.Untouched _ ->
                Optional.empty();
        };
    }

    /** The role may not have been read. An offer or a conflict belongs to the spec that it was read for, an adoption does not. */
    private static Optional<Adoption> before(PreviousStatus previous) {
        return previous.adoption().filter(known -> known == Adoption.Adopted || previous.describesSpec());
    }

    private static boolean isConflict(Failure failure) {
        return failure.reason() == Reason.RoleConflict;
    }
}
