package dev.irsa.reconcile;

/** What is believed of a role before IAM is asked. */
enum RolePrior {
    /** Nothing says that it was ever made. */
    NEW,
    /** It was made before, or has to be looked at because nothing may be written. */
    KNOWN,
    /** It was made before, and its resource was Ready with the spec that it has: nothing was begun since. */
    FINISHED,
    /** IAM has just refused to create it, as there is one. */
    EXISTS
}
