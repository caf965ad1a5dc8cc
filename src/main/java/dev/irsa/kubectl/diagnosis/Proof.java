package dev.irsa.kubectl.diagnosis;

/** The result of exchanging a token of the ServiceAccount for credentials of the role. It contains neither. */
public sealed interface Proof {
    /**
     * AWS issued credentials.
     *
     * @param identity the ARN that they belong to
     */
    record Accepted(String identity) implements Proof {}

    /**
     * AWS did not accept the token. It did not look at the trust policy yet.
     *
     * @param message of AWS
     */
    record TokenRejected(String message) implements Proof {}

    /**
     * AWS accepted the token but not its use for the role.
     *
     * @param message of AWS
     */
    record Denied(String message) implements Proof {}

    /**
     * The proof proves nothing.
     *
     * @param why such as a missing permission
     */
    record Inconclusive(String why) implements Proof {}
}
