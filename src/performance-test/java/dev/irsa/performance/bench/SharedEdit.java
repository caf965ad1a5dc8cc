package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccountStatus;

/** An edit of one object that changes the roles of all resources which depend on it. */
interface SharedEdit {
    /** Returns what happens, such as "template edited". */
    String name();

    /** Creates the object, without what the edit adds. */
    void create();

    /** Edits the object. */
    void make();

    /** Returns whether a resource with this status has a role as after the edit. */
    boolean hasReached(IamServiceAccountStatus status);
}
