package dev.irsa.kubernetes;

/** The field manager under which the API server records the fields that the operator owns. */
public final class FieldManager {
    /** The field manager of all writes of the operator. */
    public static final String NAME = "irsa-operator";

    /**
     * The user agent of the operator's client. The client library cannot set the field manager of a POST. The API
     * server then uses the part of the user agent before the slash.
     */
    public static final String USER_AGENT = NAME + "/1";

    private FieldManager() {}
}
