package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import dev.irsa.fake.Stored;
import dev.irsa.port.Gate.OutsideCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one call may make of what an API server stores. */
final class ClusterRules {
    private final Realm realm;
    private final Excuses excuses;
    private final Map<String, RoleRecord> roles;
    private final OutsideCall call;

    /**
     * The rules for a call.
     *
     * @param realm whose operator makes it
     * @param roles that there are, by name
     */
    ClusterRules(Realm realm, Excuses excuses, Map<String, RoleRecord> roles, OutsideCall call) {
        this.realm = realm;
        this.excuses = excuses;
        this.roles = roles;
        this.call = call;
    }

    void check(Stored was, Stored is) {
        is.serviceAccounts().forEach((key, account) -> {
            ServiceAccountRecord before = was.serviceAccounts().get(key);
            if (!account.equals(before)) {
                pointed(before == null ? Map.of() : before.annotations(), account);
            }
        });
        was.resources().forEach((key, resource) -> {
            if (resource.hasFinalizer(Owned.FINALIZER)) {
                held(Thing.of(key), resource, is.resources().get(key));
            }
        });
    }

    private void pointed(Map<String, String> before, ServiceAccountRecord account) {
        String pointer = account.annotations().get(Owned.POINTER);
        String past = before.get(Owned.POINTER);
        if (pointer == null || pointer.equals(past)) {
            return;
        }
        boolean whole = false;
        for (Thing thing : Thing.values()) {
            whole |= Owned.arn(realm, thing).equals(pointer) && isComplete(thing);
        }
        Violation.unless(
                whole, 4, "after " + call + " a ServiceAccount points at a role that is not complete: " + pointer);
        boolean foreign = Hands.FOREIGN_POINTER.equals(past) && account.owners().isEmpty();
        Violation.unless(!foreign, 1, call + " took a pointer that somebody else had set");
    }

    private boolean isComplete(Thing thing) {
        RoleRecord role = roles.get(realm.roleName(thing));
        return excuses.mayBeIncomplete(realm.roleName(thing))
                || (role != null
                        && realm.wishes(thing).stream()
                                .anyMatch(wish -> Owned.policies(role).containsAll(wish.policies())));
    }

    /** Where the finalizer has gone, so must the role have, or its tags. */
    private void held(Thing thing, IamServiceAccount before, @Nullable IamServiceAccount now) {
        boolean held = now != null
                && now.getMetadata().getUid().equals(before.getMetadata().getUid())
                && now.hasFinalizer(Owned.FINALIZER);
        RoleRecord role = roles.get(realm.roleName(thing));
        Violation.unless(
                held || role == null || !Owned.isOurs(realm, thing, role),
                2,
                "after " + call + " nothing holds the resource, and its role is still there");
    }
}
