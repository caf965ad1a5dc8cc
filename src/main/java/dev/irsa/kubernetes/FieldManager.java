package dev.irsa.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The field manager under which the API server records the fields that the operator owns, and the patches by it. */
public final class FieldManager {
    /** The field manager of all writes of the operator. */
    public static final String NAME = "irsa-operator";

    /**
     * The user agent of the operator's client. The client library cannot set the field manager of a POST. The API
     * server then uses the part of the user agent before the slash.
     */
    public static final String USER_AGENT = NAME + "/1";

    /** Takes over the fields of other field managers. */
    static final PatchContext FORCED_APPLY =
            patch(PatchType.SERVER_SIDE_APPLY).withForce(true).build();

    /** Fails with a conflict if another field manager owns one of the fields. */
    static final PatchContext APPLY =
            patch(PatchType.SERVER_SIDE_APPLY).withForce(false).build();

    static final PatchContext MERGE_PATCH = patch(PatchType.JSON_MERGE).build();
    static final PatchContext JSON_PATCH = patch(PatchType.JSON).build();

    private FieldManager() {}

    private static PatchContext.Builder patch(PatchType type) {
        return new PatchContext.Builder().withPatchType(type).withFieldManager(NAME);
    }
}
