package dev.irsa.core.policy;

/**
 * What is kept of a document that was seen: enough to compare it and to know whether it only denies. Thousands of
 * them are remembered, and nobody ever sends one back to IAM.
 *
 * @param digest SHA-256 of the canonical form, in Base64: equal where IAM reads the documents alike
 * @param onlyDenies whether every statement denies
 */
public record PolicyFingerprint(String digest, boolean onlyDenies) {
    /** Of a document that nobody has seen: equal to no other. */
    public static final PolicyFingerprint UNKNOWN = new PolicyFingerprint("", false);
}
