package dev.irsa.core.policy;

/**
 * What the operator keeps of an observed document: enough to compare it, and to know what it admits at most. The operator
 * caches thousands of documents and never sends one back to IAM, so it does not keep their text.
 *
 * @param digest SHA-256 of the canonical form, in Base64; equal if IAM treats the documents as equal
 * @param onlyDenies whether it allows nothing: every statement denies, or one denies everything
 * @param deniesEverything whether a statement denies every action on every resource, without a condition
 * @param namesPodIdentity whether a statement has EKS Pod Identity as its principal
 * @param admissions which pods it admits, if it is a trust policy
 */
public record PolicyFingerprint(
        String digest, boolean onlyDenies, boolean deniesEverything, boolean namesPodIdentity, Admissions admissions) {
    /** The fingerprint of a document that the operator has not read. It equals no other fingerprint. */
    public static final PolicyFingerprint UNKNOWN = new PolicyFingerprint("", false, false, false, Admissions.UNKNOWN);

    /**
     * Returns this without its digest, for a document that may have been replaced since. It does not equal the fingerprint of
     * any document that was read.
     */
    public PolicyFingerprint withUnknownDigest() {
        return new PolicyFingerprint("", onlyDenies, deniesEverything, namesPodIdentity, Admissions.UNKNOWN);
    }
}
