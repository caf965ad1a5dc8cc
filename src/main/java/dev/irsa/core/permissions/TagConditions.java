package dev.irsa.core.permissions;

import dev.irsa.core.ownership.OwnershipTags;

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
                .when("StringEquals", requested(OwnershipTags.CLUSTER), cluster)
                .given(requested(OwnershipTags.CLUSTER_ID))
                .given(requested(OwnershipTags.ISSUER))
                .given(requested(OwnershipTags.RESOURCE));
    }
}
