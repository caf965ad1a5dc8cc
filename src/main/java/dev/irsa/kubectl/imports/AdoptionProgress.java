package dev.irsa.kubectl.imports;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.Optional;

/**
 * How far the adoption of a role is, by the role in IAM.
 *
 * @param key the resource that adopts it
 * @param roleArn empty if it is not known
 * @param reason why it is refused, or what else a user should know; may be empty
 */
public record AdoptionProgress(AccountKey key, String roleArn, State state, String reason) {
    /** The states in their order. The names in lower case are part of the interface of the command. */
    public enum State {
        /** There is a resource for the role, and the role is not offered to it. */
        IMPORTED,
        /** The role is offered to its resource. */
        OFFERED,
        /** The resource owns the role. */
        ADOPTED,
        /** The role cannot be offered. */
        REFUSED
    }

    /** Returns the progress of an account that a manifest or a resource names. */
    public static AdoptionProgress of(ImportedAccount account, ClusterIdentity cluster) {
        AccountKey key = account.key();
        String arn = account.candidate().roleArn();
        Optional<Ownership> ownership = account.role()
                .filter(role -> role.role().arn().equals(arn))
                .map(role -> Ownership.of(
                        cluster.owner(key.namespace(), key.name()), role.role().tags()));
        if (ownership.filter(Ownership.Ours.class::isInstance).isPresent()) {
            return new AdoptionProgress(key, arn, State.ADOPTED, "");
        }
        if (account.result() instanceof Refused(String why, String instead)) {
            return new AdoptionProgress(key, arn, State.REFUSED, why + "; " + instead);
        }
        boolean offered =
                ownership.filter(Ownership.Adoptable.class::isInstance).isPresent();
        return new AdoptionProgress(key, arn, offered ? State.OFFERED : State.IMPORTED, "");
    }

    /** Returns this with what a user should know. */
    public AdoptionProgress with(String otherReason) {
        return new AdoptionProgress(key, roleArn, state, otherReason);
    }
}
