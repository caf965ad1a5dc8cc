package dev.irsa.reconcile.memory;

import dev.irsa.core.entitlement.EntitlementVersion;
import dev.irsa.reconcile.authorization.Grant;
import java.util.HashSet;
import java.util.Set;

/**
 * The versions of entitlements each of which allows everything that the role may have from the operator. If the deciding
 * version is one of them, the changes of a plan can be made in any order. Every method returns a new value.
 *
 * <p>The memory begins when the resource is Ready. It is lost when a plan begins under another version, because the role may
 * then have a part of what two versions allow, until the resource is Ready again.
 *
 * @param kind what is known
 * @param allowing the versions, if they are known
 */
public record EntitlementMemory(Kind kind, Set<EntitlementVersion> allowing) {
    /** What is known. */
    enum Kind {
        /** Nothing, because the process has just started. */
        NEW,
        /** The versions. */
        KNOWN,
        /** The role may have a part of what two versions allow. */
        MIXED,
        /** The role is taken to be allowed by the version that decides, whichever it is. */
        ASSUMED
    }

    public static final EntitlementMemory NEW = new EntitlementMemory(Kind.NEW, Set.of());
    public static final EntitlementMemory ASSUMED = new EntitlementMemory(Kind.ASSUMED, Set.of());
    private static final EntitlementMemory MIXED = new EntitlementMemory(Kind.MIXED, Set.of());

    public EntitlementMemory {
        allowing = Set.copyOf(allowing);
    }

    /** Returns the memory once the role has exactly what was granted. */
    public static EntitlementMemory reached(Grant grant) {
        return new EntitlementMemory(Kind.KNOWN, grant.allowing());
    }

    /** Returns this for a resource whose status reports it Ready with the spec that was granted. */
    public EntitlementMemory recalled(Grant grant) {
        return kind == Kind.NEW ? reached(grant) : this;
    }

    /** Returns whether the deciding version allows everything that the role may have. */
    public boolean covers(Grant grant) {
        return kind == Kind.ASSUMED || allowing.contains(grant.by());
    }

    /** Returns this once a plan for what was granted has begun. */
    public EntitlementMemory begun(Grant grant) {
        if (!covers(grant)) {
            return MIXED;
        }
        Set<EntitlementVersion> both = new HashSet<>(grant.allowing());
        both.removeIf(version -> kind == Kind.KNOWN && !allowing.contains(version));
        return new EntitlementMemory(Kind.KNOWN, both);
    }
}
