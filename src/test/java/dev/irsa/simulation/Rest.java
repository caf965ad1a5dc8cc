package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How the world must be when nothing has gone wrong for long: as its users wished, and quiet. */
final class Rest {
    private final World world;

    Rest(World world) {
        this.world = world;
    }

    void check() {
        for (Realm realm : world.realms()) {
            for (Thing thing : Thing.values()) {
                Optional<IamServiceAccount> resource = realm.hands().resource(Thing.NAMESPACE, thing.resource());
                Optional<RoleRecord> role = world.iam().role(realm.roleName(thing));
                resource.ifPresentOrElse(
                        found -> converged(realm, thing, found, role),
                        () -> Violation.unless(
                                role.filter(left -> Owned.isOurs(realm, thing, left)
                                                && !world.oracle().excuses().isBeyondKnowing(left.name()))
                                        .isEmpty(),
                                6,
                                "a role is left behind: "
                                        + role.map(RoleRecord::name).orElse("")));
            }
        }
        quiet();
    }

    private void converged(Realm realm, Thing thing, IamServiceAccount resource, Optional<RoleRecord> role) {
        String reason = reason(resource);
        String what = realm + "/" + thing.resource() + " is " + reason + " ("
                + resource.ready().map(ready -> ready.message()).orElse("") + ")";
        Violation.unless(!reason.equals("InternalError"), 8, "a defect was met: " + what);
        Wish wish = Wish.of(thing, resource.getSpec());
        boolean foreign =
                role.filter(found -> !Owned.mayBeChanged(realm, thing, found)).isPresent();
        if (resource.isMarkedForDeletion()) {
            Violation.unless(foreign || wish.suspends(), 6, "it does not go: " + what);
            return;
        }
        boolean excused = switch (reason) {
            case "RoleConflict" -> isAnothers(realm, thing, role);
            case "ServiceAccountConflict" -> hasRival(realm, thing) || isPointedElsewhere(realm, thing);
            // The operator removes no boundary.
            case "InvalidSpec" ->
                wish.boundary().isEmpty() && role.flatMap(RoleRecord::boundary).isPresent();
            case "Suspended" -> wish.suspends();
            default -> false;
        };
        if (!excused) {
            boolean ready = resource.ready()
                    .filter(condition -> condition.status().equals("True"))
                    .isPresent();
            Violation.unless(ready, 6, what + " for no reason");
            asWished(realm, thing, wish, role, what);
        }
    }

    /** Another cluster has it, or had and gave it up. */
    private static boolean isAnothers(Realm realm, Thing thing, Optional<RoleRecord> role) {
        return role.filter(found -> !Owned.isOurs(realm, thing, found)).isPresent();
    }

    /** Another resource has its ServiceAccount, and is not refused itself. */
    private static boolean hasRival(Realm realm, Thing thing) {
        for (Thing other : Thing.values()) {
            if (other != thing
                    && other.serviceAccount().equals(thing.serviceAccount())
                    && realm.hands()
                            .resource(Thing.NAMESPACE, other.resource())
                            .filter(rival -> !reason(rival).equals("ServiceAccountConflict"))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPointedElsewhere(Realm realm, Thing thing) {
        return realm.hands()
                .serviceAccount(Thing.NAMESPACE, thing.serviceAccount())
                .filter(account ->
                        Hands.FOREIGN_POINTER.equals(account.annotations().get(Owned.POINTER)))
                .isPresent();
    }

    private static void asWished(Realm realm, Thing thing, Wish wish, Optional<RoleRecord> found, String what) {
        Violation.unless(found.isPresent(), 6, what + " and has no role");
        RoleRecord role = found.get();
        Violation.unless(Owned.isOurs(realm, thing, role), 1, what + " and its role is not its own");
        Violation.unless(Owned.isPinned(realm, thing, role), 5, what + ", trusting " + role.trust());
        Violation.unless(Owned.audience(realm, role).equals(wish.audience()), 6, what + ", trusting " + role.trust());
        Set<String> policies = Owned.policies(role);
        Violation.unless(policies.equals(wish.policies()), 6, what + " with " + policies);
        Violation.unless(role.boundary().equals(wish.boundary()), 6, what + " bounded by " + role.boundary());
        Map<String, String> tags = role.tags();
        Violation.unless(
                tags.entrySet().containsAll(wish.tags().entrySet())
                        && (wish == Wish.BOUNDED || !tags.containsKey("team")),
                6,
                what + " tagged " + tags);
        Optional<ServiceAccountRecord> account = realm.hands().serviceAccount(Thing.NAMESPACE, thing.serviceAccount());
        Violation.unless(
                account.filter(points -> Owned.arn(realm, thing)
                                .equals(points.annotations().get(Owned.POINTER)))
                        .isPresent(),
                4,
                what + " and its ServiceAccount is " + account);
    }

    /** While all are well, or have been refused, nothing is written, and IAM is asked for nothing but the sweep. */
    private void quiet() {
        Map<String, Integer> refused = new TreeMap<>();
        for (Realm realm : world.realms()) {
            for (IamServiceAccount resource : realm.hands().resources()) {
                if (resource.isMarkedForDeletion()) {
                    return;
                }
                String reason = reason(resource);
                // One that is suspended, and whose role is in doubt, is looked at after each sweep, as no write may
                // tell.
                if (!reason.equals("Ready")) {
                    int broken = reason.endsWith("Conflict") ? 9 : 7;
                    Thing thing = Thing.of(
                            Thing.NAMESPACE + "/" + resource.getMetadata().getName());
                    for (String name : List.of(realm.roleName(thing), thing.resource(), thing.serviceAccount())) {
                        refused.put(realm + "/" + name, broken);
                    }
                }
            }
        }
        world.beQuiet(refused);
    }

    private static String reason(IamServiceAccount resource) {
        return resource.ready().map(ready -> ready.reason()).orElse("");
    }
}
