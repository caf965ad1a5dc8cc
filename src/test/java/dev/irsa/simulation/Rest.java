package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the world must be when nothing has gone wrong for long: as its users wished, and quiet. */
final class Rest {
    private static final String POINTER = "eks.amazonaws.com/role-arn";

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
                        () -> Oracle.require(
                                role.filter(left -> Owned.isOurs(realm, thing, left)
                                                && !world.oracle().isBeyondKnowing(left.name()))
                                        .isEmpty(),
                                "6: a role is left behind: "
                                        + role.map(RoleRecord::name).orElse("")));
            }
        }
        quiet();
    }

    private void converged(Realm realm, Thing thing, IamServiceAccount resource, Optional<RoleRecord> role) {
        String reason = resource.ready().map(ready -> ready.reason()).orElse("");
        String what = realm + "/" + thing.resource() + " is " + reason + " ("
                + resource.ready().map(ready -> ready.message()).orElse("") + ")";
        Oracle.require(!reason.equals("InternalError"), "8: a defect was met: " + what);
        Wish wish = Wish.of(thing, resource.getSpec());
        boolean foreign =
                role.filter(found -> !Owned.mayBeChanged(realm, thing, found)).isPresent();
        if (resource.isMarkedForDeletion()) {
            Oracle.require(foreign || wish.suspends(), "6: it does not go: " + what);
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
            Oracle.require(ready, "6: " + what + " for no reason");
            asWished(realm, thing, wish, role, what);
        }
    }

    /** Another cluster has it, or had and gave it up. */
    private static boolean isAnothers(Realm realm, Thing thing, Optional<RoleRecord> role) {
        return role.filter(found -> !Owned.isOurs(realm, thing, found)).isPresent();
    }

    private static boolean hasRival(Realm realm, Thing thing) {
        for (Thing other : Thing.values()) {
            if (other != thing
                    && other.serviceAccount().equals(thing.serviceAccount())
                    && realm.hands().resource(Thing.NAMESPACE, other.resource()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPointedElsewhere(Realm realm, Thing thing) {
        return realm.hands()
                .serviceAccount(Thing.NAMESPACE, thing.serviceAccount())
                .filter(account ->
                        Hands.FOREIGN_POINTER.equals(account.annotations().get(POINTER)))
                .isPresent();
    }

    private static void asWished(Realm realm, Thing thing, Wish wish, Optional<RoleRecord> found, String what) {
        Oracle.require(found.isPresent(), "6: " + what + " and has no role");
        RoleRecord role = found.get();
        Oracle.require(Owned.isOurs(realm, thing, role), "1: " + what + " and its role is not its own");
        Oracle.require(Owned.isPinned(realm, thing, role), "5: " + what + ", trusting " + role.trust());
        Oracle.require(
                Owned.audience(realm, role).equals(wish.audience()), "6: " + what + ", trusting " + role.trust());
        Set<String> policies = Owned.policies(role);
        Oracle.require(policies.equals(wish.policies()), "6: " + what + " with " + policies);
        Oracle.require(role.boundary().equals(wish.boundary()), "6: " + what + " bounded by " + role.boundary());
        Map<String, String> tags = role.tags();
        Oracle.require(
                tags.entrySet().containsAll(wish.tags().entrySet())
                        && (wish == Wish.BOUNDED || !tags.containsKey("team")),
                "6: " + what + " tagged " + tags);
        Optional<ServiceAccountRecord> account = realm.hands().serviceAccount(Thing.NAMESPACE, thing.serviceAccount());
        Oracle.require(
                account.filter(points -> Owned.arn(realm, thing)
                                .equals(points.annotations().get(POINTER)))
                        .isPresent(),
                "4: " + what + " and its ServiceAccount is " + account);
    }

    /** While all are well nothing is written, and IAM is asked for nothing but the sweep. */
    private void quiet() {
        boolean well = world.realms().stream()
                .flatMap(realm -> realm.hands().resources().stream())
                .allMatch(resource -> resource.ready()
                        .filter(ready ->
                                ready.status().equals("True") || ready.reason().equals("Suspended"))
                        .isPresent());
        if (well) {
            world.beQuiet();
        }
    }
}
