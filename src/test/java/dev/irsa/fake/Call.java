package dev.irsa.fake;

/**
 * One call of an IAM action, as it arrived.
 *
 * @param number counted from 1 since the log was last reset
 * @param roleName the role that it is about, or empty
 */
public record Call(int number, String action, String roleName) {

    /** Does it change anything when it succeeds? */
    public boolean isWrite() {
        return !action.startsWith("Get") && !action.startsWith("List");
    }

    @Override
    public String toString() {
        return roleName.isEmpty() ? action : action + " " + roleName;
    }
}
