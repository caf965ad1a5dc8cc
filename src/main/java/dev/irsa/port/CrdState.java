package dev.irsa.port;

/** What has become of the CustomResourceDefinition of our resources. */
public enum CrdState {
    /** It is there. */
    INTACT,
    /** It is being deleted, and with it every resource. */
    GOING,
    /** It is not there: that a resource is not found says nothing. */
    MISSING,
    /** We may not look. */
    UNKNOWN
}
