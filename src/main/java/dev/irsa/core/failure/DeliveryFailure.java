package dev.irsa.core.failure;

/** Why pods cannot obtain the credentials of their role in the way that the spec asks for. */
public sealed interface DeliveryFailure extends Failure {
    /** The cluster or a pod of the ServiceAccount cannot use EKS Pod Identity. */
    record PodIdentityUnavailable(String message) implements DeliveryFailure {
        @Override
        public Reason reason() {
            return Reason.PodIdentityUnavailable;
        }
    }

    /** The ServiceAccount has an association that does not provably belong to this resource and is left alone. */
    record AssociationConflict(String message) implements DeliveryFailure {
        @Override
        public Reason reason() {
            return Reason.AssociationConflict;
        }
    }

    /** Running pods still use the credentials that are to be withdrawn. */
    record WaitingForPods(String message) implements DeliveryFailure {
        @Override
        public Reason reason() {
            return Reason.WaitingForPods;
        }
    }
}
