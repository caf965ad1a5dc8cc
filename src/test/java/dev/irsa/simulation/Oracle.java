package dev.irsa.simulation;

import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.Stored;
import dev.irsa.port.Gate.OutsideCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at everything after every call, and says which invariant is broken. It decides nothing as the operator does: it
 * compares what IAM and the API servers hold with what it saw of them before, and with what was wished for.
 */
final class Oracle {
    private final World world;
    private final Excuses excuses;
    private final Map<Realm, Stored> stored = new HashMap<>();
    private Map<String, RoleRecord> roles = new TreeMap<>();

    Oracle(World world) {
        this.world = world;
        this.excuses = new Excuses(world);
        otherHands();
    }

    Excuses excuses() {
        return excuses;
    }

    /** Somebody else has changed something: that is how the world is now. */
    void otherHands() {
        roles = now();
        world.realms().forEach(realm -> stored.put(realm, realm.hands().stored()));
    }

    private Map<String, RoleRecord> now() {
        Map<String, RoleRecord> now = new TreeMap<>();
        world.iam().console().roles().forEach(role -> {
            now.put(role.name(), role);
            RoleRecord before = roles.get(role.name());
            if (before == null
                    || !before.id().equals(role.id())
                    || !before.tags().equals(role.tags())) {
                excuses.changedHands(role.name());
            }
        });
        return now;
    }

    /** After a call of that process. */
    void look(Life life, OutsideCall call) {
        if (call.action().equals("iam:GetRole") || call.action().equals("iam:CreateRole")) {
            world.tasks().current().hasRead(call.subject(), world.clock().instant());
        }
        if (Realm.isAws(call)) {
            lookAtRoles(new RoleRules(life.realm(), excuses, call));
        } else {
            lookAtCluster(life.realm(), call);
        }
    }

    /** After a call took effect that was on its way for long: whose it was may have died, or done something else since. */
    void lookAfterLate(Realm realm, OutsideCall call) {
        excuses.cameLate(realm, call, roles.containsKey(call.subject()));
        otherHands();
    }

    private void lookAtRoles(RoleRules rules) {
        Map<String, RoleRecord> before = roles;
        roles = now();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(roles.keySet());
        for (String name : names) {
            Optional<RoleRecord> was = Optional.ofNullable(before.get(name));
            Optional<RoleRecord> is = Optional.ofNullable(roles.get(name));
            if (!was.equals(is)) {
                rules.check(name, was, is);
            }
        }
    }

    private void lookAtCluster(Realm realm, OutsideCall call) {
        Stored now = realm.hands().stored();
        Stored before = stored.put(realm, now);
        if (before != null) {
            new ClusterRules(realm, excuses, roles, call).check(before, now);
        }
    }
}
