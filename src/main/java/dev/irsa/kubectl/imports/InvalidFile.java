package dev.irsa.kubectl.imports;

/** A file of another tool that cannot be imported. Its message names the file, the place in it, and the problem. */
public final class InvalidFile extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message for users. It never quotes a value of the file, which may be a secret. */
    public InvalidFile(String message) {
        super(message);
    }
}
