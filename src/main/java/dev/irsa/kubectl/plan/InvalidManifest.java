package dev.irsa.kubectl.plan;

/** A manifest that cannot be planned. Its message names the file, the object and the problem. */
public final class InvalidManifest extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message for users. */
    public InvalidManifest(String message) {
        super(message);
    }
}
