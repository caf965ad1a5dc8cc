package dev.irsa.fake;

/**
 * One call of an IAM action, as it arrived.
 *
 * @param number counted from 1 since the log was last reset
 * @param roleName the role, or the OIDC provider, that it is about, or empty
 */
public record Call(int number, String action, String roleName) {

    /** Does it change anything when it succeeds? */
    public boolean isWrite() {
        return !action.startsWith("Get") && !action.startsWith("List");
    }

    /** Providers concern all roles, and none by itself. */
    boolean isAboutARole() {
        return !action.contains("OpenIDConnect");
    }

    @Override
    public String toString() {
        return roleName.isEmpty() ? action : action + " " + roleName;
    }
}
