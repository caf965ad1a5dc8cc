package dev.irsa.simulation;

import dev.irsa.fake.RoleRecord;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What nobody can be blamed for: what came late, or changed hands between a look and a write. */
final class Excuses {
    private final World world;
    private final Map<String, Instant> ownedSince = new TreeMap<>();
    /** ServiceAccounts that nobody can know to point where they do. */
    private final Set<String> pointedLate = new TreeSet<>();

    private final Set<String> madeLate = new TreeSet<>();

    Excuses(World world) {
        this.world = world;
    }

    /** A role is another, or another's. */
    void changedHands(String role) {
        ownedSince.put(role, world.clock().instant());
    }

    /** A call took effect that its caller had given up. */
    void cameLate(Realm realm, OutsideCall call, boolean isThere) {
        if (call.action().endsWith("serviceaccounts")) {
            pointedLate.add(realm + "/" + call.subject());
        } else if (call.action().equals("iam:CreateRole") && !isThere) {
            madeLate.add(call.subject());
        }
        if (Realm.isAws(call)) {
            // As if by hand: the next sweep puts it right.
            world.hands().touch(call.subject());
        }
    }

    /**
     * Whether a role was made by a call that came late, after somebody had deleted by hand the one that its caller knew
     * of.
     */
    boolean isBeyondKnowing(String role) {
        return madeLate.contains(role) && world.hands().touched(role);
    }

    /** Whether a role was its own when IAM was last asked, for all that IAM then knew. */
    boolean couldNotKnow(String role) {
        Instant since = ownedSince.getOrDefault(role, Instant.MIN);
        return world.tasks()
                .current()
                .lastRead(role)
                .filter(read -> !read.isAfter(since.plus(world.setting().lag())))
                .isPresent();
    }

    boolean wasPointedLate(Realm realm, Thing thing) {
        return pointedLate.contains(realm + "/" + thing.serviceAccount());
    }

    /** Whether policies of a role may be missing though nobody took them too soon. */
    boolean mayLack(Realm realm, RoleRecord role, Thing thing) {
        // What goes first goes because of boundary or tags.
        return mayBeIncomplete(role.name()) || realm.wishes(thing).contains(Wish.BOUNDED);
    }

    /** Whether somebody else had his hands in a role: by hand, or from another cluster. */
    boolean mayBeIncomplete(String role) {
        return world.hands().touched(role) || world.setting().sharesNames();
    }
}
