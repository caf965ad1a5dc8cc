package dev.irsa.kubernetes;

/** The name under which the API server keeps what we own. */
public final class FieldManager {
    /** Ours, for all that we write. */
    public static final String NAME = "irsa-operator";

    /**
     * The user agent of our client. A POST cannot name its field manager through the client library; the API server
     * then takes what stands before the slash.
     */
    public static final String USER_AGENT = NAME + "/1";

    private FieldManager() {}
}
