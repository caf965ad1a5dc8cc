package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at everything after every call, and says which invariant is broken. It knows nothing of how the operator thinks: only
 * what was wished for, and what IAM and the API servers hold.
 */
final class Oracle {
    private static final String POINTER = "eks.amazonaws.com/role-arn";

    private final World world;
    private Map<String, RoleRecord> roles = new TreeMap<>();
    /** ServiceAccounts that nobody can know to point where they do. */
    private final Set<String> pointedLate = new TreeSet<>();

    private final Set<String> madeLate = new TreeSet<>();

    private final Map<String, Instant> ownedSince = new HashMap<>();
    private final Map<Realm, Map<String, ServiceAccountRecord>> accounts = new HashMap<>();
    private final Map<Realm, Map<String, IamServiceAccount>> resources = new HashMap<>();

    Oracle(World world) {
        this.world = world;
        otherHands();
    }

    /** Somebody else has changed something: that is how the world is now. */
    void otherHands() {
        roles = now();
        world.realms().forEach(this::remember);
    }

    private void remember(Realm realm) {
        accounts.put(realm, realm.hands().stored().serviceAccounts());
        resources.put(realm, realm.hands().stored().resources());
    }

    private Map<String, RoleRecord> now() {
        Map<String, RoleRecord> now = new TreeMap<>();
        world.iam().console().roles().forEach(role -> {
            now.put(role.name(), role);
            RoleRecord before = roles.get(role.name());
            if (before == null
                    || !before.id().equals(role.id())
                    || !before.tags().equals(role.tags())) {
                ownedSince.put(role.name(), world.clock().instant());
            }
        });
        return now;
    }

    /**
     * Whether a role was made by a call that came late, after somebody had deleted by hand the one that its caller knew
     * of.
     */
    boolean isBeyondKnowing(String role) {
        return madeLate.contains(role) && world.hands().touched(role);
    }

    /** After a call of that process. */
    void look(Life life, OutsideCall call) {
        if (call.action().equals("iam:GetRole") || call.action().equals("iam:CreateRole")) {
            world.tasks().current().hasRead(call.subject(), world.clock().instant());
        }
        if (Realm.isAws(call)) {
            lookAtRoles(life.realm(), call);
        } else {
            lookAtCluster(life.realm(), call);
        }
    }

    /** After a call took effect that was on its way for long: whose it was may have died, or done something else since. */
    void lookAfterLate(Realm realm, OutsideCall call) {
        if (call.action().endsWith("serviceaccounts")) {
            pointedLate.add(realm + "/" + call.subject());
        } else if (call.action().equals("iam:CreateRole") && !roles.containsKey(call.subject())) {
            madeLate.add(call.subject());
        }
        if (Realm.isAws(call)) {
            // As if by hand: the next sweep puts it right.
            world.hands().touch(call.subject());
        }
        otherHands();
    }

    private void lookAtRoles(Realm realm, OutsideCall call) {
        Map<String, RoleRecord> before = roles;
        roles = now();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(roles.keySet());
        for (String name : names) {
            Optional<RoleRecord> was = Optional.ofNullable(before.get(name));
            Optional<RoleRecord> is = Optional.ofNullable(roles.get(name));
            if (was.equals(is)) {
                continue;
            }
            Thing thing = thing(realm, name);
            if (was.isPresent() && !Owned.mayBeChanged(realm, thing, was.get()) && !couldNotKnow(name)) {
                throw new Violation("1: " + call + " changed a role that is not its own: " + was.get());
            }
            is.ifPresent(role -> lookAtRole(realm, thing, was, role, call));
            if (is.isEmpty()) {
                lookAtDeletion(realm, thing, call);
            }
        }
    }

    /** Whether it was its own when IAM was last asked, for all that IAM then knew. */
    private boolean couldNotKnow(String role) {
        Instant since = ownedSince.getOrDefault(role, Instant.MIN);
        return world.tasks()
                .current()
                .lastRead(role)
                .filter(read -> !read.isAfter(since.plus(world.setting().lag())))
                .isPresent();
    }

    private static Thing thing(Realm realm, String role) {
        for (Thing thing : Thing.values()) {
            if (realm.roleName(thing).equals(role)) {
                return thing;
            }
        }
        throw new Violation("1: role " + role + " was changed from a cluster that has no resource for it");
    }

    private void lookAtRole(Realm realm, Thing thing, Optional<RoleRecord> was, RoleRecord is, OutsideCall call) {
        if (was.isEmpty()) {
            bornWhole(realm, thing, is, call);
        }
        boolean ours = Owned.isOurs(realm, thing, is);
        if (ours && !was.map(RoleRecord::trust).equals(Optional.of(is.trust()))) {
            require(
                    Owned.isPinned(realm, thing, is),
                    "5: the trust policy is not pinned after " + call + ": " + is.trust());
        }
        Set<String> gained = Owned.policies(is);
        was.ifPresent(role -> gained.removeAll(Owned.policies(role)));
        for (String policy : gained) {
            require(
                    realm.wishes(thing).stream()
                            .anyMatch(wish -> wish.policies().contains(policy)),
                    "1: " + call + " gave what nobody asked for: " + policy);
        }
        boolean lost = was.isPresent() && !Owned.policies(is).containsAll(Owned.policies(was.get()));
        if (lost && ours && isWanted(realm, thing) && !world.hands().touched(is.name()) && !isOdd(realm, thing)) {
            require(
                    realm.wishes(thing).stream()
                            .anyMatch(wish -> Owned.policies(is).containsAll(wish.policies())),
                    "10: " + call + " took before it gave: " + Owned.policies(is));
        }
    }

    /** What goes first goes because of boundary or tags, or was given by another cluster meanwhile. */
    private boolean isOdd(Realm realm, Thing thing) {
        return realm.wishes(thing).contains(Wish.BOUNDED) || world.setting().sharesNames();
    }

    private boolean isWanted(Realm realm, Thing thing) {
        return Optional.ofNullable(realm.hands().stored().resources().get(thing.key()))
                .filter(resource -> !resource.isMarkedForDeletion())
                .isPresent();
    }

    private static void bornWhole(Realm realm, Thing thing, RoleRecord role, OutsideCall call) {
        IamServiceAccount resource = realm.hands().stored().resources().get(thing.key());
        require(
                resource != null && resource.hasFinalizer(IamServiceAccount.FINALIZER),
                "2: " + call + " made a role whose resource is not held by the finalizer");
        require(Owned.isOurs(realm, thing, role), "3: " + call + " made a role without its tags: " + role.tags());
        require(
                realm.wishes(thing).stream().anyMatch(wish -> wish.boundary().equals(role.boundary())),
                "3: " + call + " made a role without its boundary");
    }

    private void lookAtDeletion(Realm realm, Thing thing, OutsideCall call) {
        require(!isWanted(realm, thing), "2: " + call + " deleted the role of a resource that is there to stay");
        String arn = Owned.arn(realm, thing);
        ServiceAccountRecord account = realm.hands().stored().serviceAccounts().get(thing.serviceAccountKey());
        boolean points = account != null
                && !pointedLate.contains(realm + "/" + thing.serviceAccount())
                && arn.equals(account.annotations().get(POINTER))
                && account.managers().getOrDefault(POINTER, Set.of()).stream()
                        .allMatch(who -> who.startsWith(ServiceAccountRecord.OPERATOR));
        require(!points, "4: " + call + " deleted a role at which its ServiceAccount points");
    }

    private void lookAtCluster(Realm realm, OutsideCall call) {
        Map<String, ServiceAccountRecord> before = accounts.getOrDefault(realm, Map.of());
        Map<String, IamServiceAccount> held = resources.getOrDefault(realm, Map.of());
        remember(realm);
        Map<String, ServiceAccountRecord> after = accounts.getOrDefault(realm, Map.of());
        after.forEach((key, account) -> {
            ServiceAccountRecord was = before.get(key);
            if (!account.equals(was)) {
                lookAtAccount(realm, was == null ? Map.of() : was.annotations(), account, call);
            }
        });
        held.forEach((key, resource) -> {
            if (resource.hasFinalizer(IamServiceAccount.FINALIZER)) {
                lookAtHold(realm, Thing.of(key), resource, call);
            }
        });
    }

    private void lookAtAccount(
            Realm realm, Map<String, String> before, ServiceAccountRecord account, OutsideCall call) {
        String pointer = account.annotations().get(POINTER);
        String past = before.get(POINTER);
        if (pointer == null || pointer.equals(past)) {
            return;
        }
        boolean whole = false;
        for (Thing thing : Thing.values()) {
            RoleRecord role = roles.get(realm.roleName(thing));
            boolean points = Owned.arn(realm, thing).equals(pointer);
            boolean complete = world.hands().touched(realm.roleName(thing))
                    || world.setting().sharesNames()
                    || (role != null
                            && realm.wishes(thing).stream()
                                    .anyMatch(wish -> Owned.policies(role).containsAll(wish.policies())));
            whole |= points && complete;
        }
        require(whole, "4: after " + call + " a ServiceAccount points at a role that is not complete: " + pointer);
        boolean foreign = Hands.FOREIGN_POINTER.equals(past) && account.owners().isEmpty();
        require(!foreign, "1: " + call + " took a pointer that somebody else had set");
    }

    /** The finalizer has gone: so must the role have, or its tags. */
    private void lookAtHold(Realm realm, Thing thing, IamServiceAccount before, OutsideCall call) {
        IamServiceAccount now = realm.hands().stored().resources().get(thing.key());
        boolean held = now != null
                && now.getMetadata().getUid().equals(before.getMetadata().getUid())
                && now.hasFinalizer(IamServiceAccount.FINALIZER);
        RoleRecord role = roles.get(realm.roleName(thing));
        require(
                held || role == null || !Owned.isOurs(realm, thing, role),
                "2: after " + call + " nothing holds the resource, and its role is still there");
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new Violation(what);
        }
    }
}
