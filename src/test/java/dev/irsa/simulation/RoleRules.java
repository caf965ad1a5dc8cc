package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import dev.irsa.port.Gate.OutsideCall;
import java.util.Optional;
import java.util.Set;

/** What one call may make of one role. */
final class RoleRules {
    private final Realm realm;
    private final Excuses excuses;
    private final OutsideCall call;

    /**
     * The rules for a call.
     *
     * @param realm whose operator makes it
     */
    RoleRules(Realm realm, Excuses excuses, OutsideCall call) {
        this.realm = realm;
        this.excuses = excuses;
        this.call = call;
    }

    void check(String name, Optional<RoleRecord> was, Optional<RoleRecord> is) {
        Thing thing = thing(name);
        was.ifPresent(role -> Violation.unless(
                Owned.mayBeChanged(realm, thing, role) || excuses.couldNotKnow(name),
                1,
                call + " changed a role that is not its own: " + role));
        is.ifPresentOrElse(
                role -> {
                    if (was.isEmpty()) {
                        bornWhole(thing, role);
                    }
                    pinned(thing, was, role);
                    asked(thing, was, role);
                    was.ifPresent(before -> gaveFirst(thing, before, role));
                },
                () -> deleted(thing));
    }

    private Thing thing(String role) {
        for (Thing thing : Thing.values()) {
            if (realm.roleName(thing).equals(role)) {
                return thing;
            }
        }
        throw new Violation(1, "role " + role + " was changed from a cluster that has no resource for it");
    }

    private void bornWhole(Thing thing, RoleRecord role) {
        IamServiceAccount resource = realm.hands().stored().resources().get(thing.key());
        Violation.unless(
                resource != null && resource.hasFinalizer(Owned.FINALIZER),
                2,
                call + " made a role whose resource is not held by the finalizer");
        Violation.unless(Owned.isOurs(realm, thing, role), 3, call + " made a role without its tags: " + role.tags());
        Violation.unless(
                realm.wishes(thing).stream().anyMatch(wish -> wish.boundary().equals(role.boundary())),
                3,
                call + " made a role without its boundary");
    }

    private void pinned(Thing thing, Optional<RoleRecord> was, RoleRecord is) {
        if (Owned.isOurs(realm, thing, is) && !was.map(RoleRecord::trust).equals(Optional.of(is.trust()))) {
            Violation.unless(
                    Owned.isPinned(realm, thing, is),
                    5,
                    "the trust policy is not pinned after " + call + ": " + is.trust());
        }
    }

    private void asked(Thing thing, Optional<RoleRecord> was, RoleRecord is) {
        Set<String> gained = Owned.policies(is);
        was.ifPresent(role -> gained.removeAll(Owned.policies(role)));
        for (String policy : gained) {
            Violation.unless(
                    realm.wishes(thing).stream()
                            .anyMatch(wish -> wish.policies().contains(policy)),
                    1,
                    call + " gave what nobody asked for: " + policy);
        }
    }

    private void gaveFirst(Thing thing, RoleRecord was, RoleRecord is) {
        boolean lost = !Owned.policies(is).containsAll(Owned.policies(was));
        if (lost && Owned.isOurs(realm, thing, is) && isWanted(thing) && !excuses.mayLack(realm, is, thing)) {
            Violation.unless(
                    realm.wishes(thing).stream()
                            .anyMatch(wish -> Owned.policies(is).containsAll(wish.policies())),
                    10,
                    call + " took before it gave, and leaves " + Owned.policies(is));
        }
    }

    private boolean isWanted(Thing thing) {
        return Optional.ofNullable(realm.hands().stored().resources().get(thing.key()))
                .filter(resource -> !resource.isMarkedForDeletion())
                .isPresent();
    }

    private void deleted(Thing thing) {
        Violation.unless(!isWanted(thing), 2, call + " deleted the role of a resource that is there to stay");
        ServiceAccountRecord account = realm.hands().stored().serviceAccounts().get(thing.serviceAccountKey());
        boolean points = account != null
                && !excuses.wasPointedLate(realm, thing)
                && Owned.arn(realm, thing).equals(account.annotations().get(Owned.POINTER))
                && account.managers().getOrDefault(Owned.POINTER, Set.of()).stream()
                        .allMatch(who -> who.startsWith(ServiceAccountRecord.OPERATOR));
        Violation.unless(!points, 4, call + " deleted a role at which its ServiceAccount points");
    }
}
