package dev.irsa.core.permissions;

import dev.irsa.core.ownership.Owner;

/** Condition keys for tags, and the conditions on the ownership tags. */
final class TagConditions {
    private TagConditions() {}

    static String requested(String tag) {
        return "aws:RequestTag/" + tag;
    }

    static String onResource(String tag) {
        return "aws:ResourceTag/" + tag;
    }

    /** Requires that the request contains all ownership tags, with this cluster. */
    static Statement ownershipRequested(Statement statement, String cluster) {
        return statement
                .when("StringEquals", requested(Owner.CLUSTER), cluster)
                .given(requested(Owner.CLUSTER_ID))
                .given(requested(Owner.ISSUER))
                .given(requested(Owner.RESOURCE));
    }
}
