package dev.irsa.kubectl.plan;

/** A file of the user that cannot be used. Its message names the file, the place in it, and the problem. */
public final class InvalidFile extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message for users. */
    public InvalidFile(String message) {
        super(message);
    }
}
