package dev.irsa.core.delivery;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedServiceAccount;
import java.util.Optional;

/**
 * Decides whether another field manager claims a ServiceAccount by annotating it with another role. Such a ServiceAccount is
 * claimed for every way of delivery: new pods with an association would ignore the annotation.
 */
final class RoleClaim {
    private RoleClaim() {}

    /**
     * Returns why the role may not be associated with the ServiceAccount; empty if no other role is claimed for it. The
     * operator's values win on a ServiceAccount that it created for the resource. The webhook ignores an empty annotation.
     *
     * @param owner UID of the resource
     */
    static Optional<Failure> ofAnother(
            String serviceAccount, String roleArn, ObservedServiceAccount observed, String owner) {
        return observed instanceof ObservedServiceAccount.Present present
                        && !present.owners().contains(owner)
                        && !present.ours().contains(DesiredServiceAccount.ROLE_ARN)
                ? Optional.ofNullable(present.annotations().get(DesiredServiceAccount.ROLE_ARN))
                        .filter(found -> !found.isEmpty() && !found.equals(roleArn))
                        .map(found -> conflict(serviceAccount, found))
                : Optional.empty();
    }

    private static Failure conflict(String serviceAccount, String found) {
        return new Failure.ServiceAccountConflict("ServiceAccount " + serviceAccount + " has the annotation "
                + DesiredServiceAccount.ROLE_ARN + "=" + found
                + ", set by another field manager, but its pods would get another role through EKS Pod Identity; remove it"
                + " (kubectl annotate serviceaccount " + serviceAccount + " " + DesiredServiceAccount.ROLE_ARN
                + "-), or create a resource that names another ServiceAccount");
    }
}
