package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.ownership.OwnershipTags;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads in the status of a suspended resource what the adoption of its role would change. */
final class PendingAdoption {
    private static final String TAG = "irsa\\.dev/[^=,}]+";

    /** The description of a change of ownership tags, whatever their values. A comma in a value is taken for another tag. */
    private static final Pattern OWNERSHIP = Pattern.compile("tag role \\S+ with \\{" + TAG + "=[^,}]*(?:, " + TAG
            + "=[^,}]*)*}" + "|remove the tags \\[" + TAG + "(?:, " + TAG + ")*] from role \\S+");

    private PendingAdoption() {}

    /** Returns whether the role would be adopted. If it would not, the operator lists no other change of it either. */
    static boolean claimsRole(IamServiceAccount suspended) {
        return pendingChanges(suspended).stream()
                .anyMatch(
                        change -> OWNERSHIP.matcher(change).matches() && change.contains(OwnershipTags.ADOPTED + "="));
    }

    /** Returns the changes that a user should see before they are made. */
    static List<String> changesBeyondOwnership(IamServiceAccount suspended) {
        return pendingChanges(suspended).stream()
                .filter(change -> !OWNERSHIP.matcher(change).matches())
                .toList();
    }

    private static List<String> pendingChanges(IamServiceAccount suspended) {
        return Objects.requireNonNullElse(suspended.getStatus(), IamServiceAccountStatus.UNSEEN)
                .pendingChanges();
    }
}
