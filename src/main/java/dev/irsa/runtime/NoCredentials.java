package dev.irsa.runtime;

/** A profile, or the environment, has no credentials that a command can use. Others may have. */
public final class NoCredentials extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;
    private final String remedy;

    NoCredentials(String why, String remedy) {
        super(why + "; " + remedy);
        this.why = why;
        this.remedy = remedy;
    }

    public String why() {
        return why;
    }

    /** Returns what the user can do, other than to use other credentials. */
    public String remedy() {
        return remedy;
    }
}
