package dev.irsa.kubectl.access;

import dev.irsa.core.access.Answer;
import dev.irsa.kubectl.get.AccountKey;
import java.util.Optional;

/**
 * A ServiceAccount whose pods can obtain credentials of a role.
 *
 * @param link how they are linked
 * @param resource the IamServiceAccount that has the role; empty if there is none
 * @param condition on what it depends, as a clause; empty if it is certain
 */
public record Grant(
        AccountKey serviceAccount, AccountRole role, Link link, Optional<String> resource, Optional<String> condition) {
    /** How a ServiceAccount and a role are linked. The names are part of the interface of the commands. */
    public enum Link {
        /** An IamServiceAccount has the role. */
        iamServiceAccount("IamServiceAccount"),
        /** An EKS Pod Identity association. */
        association("association"),
        /** The annotation of the ServiceAccount. */
        annotation("annotation"),
        /** Nothing in the cluster. A pod can request a token for the role itself. */
        trustPolicy("trust policy only");

        private final String title;

        Link(String title) {
            this.title = title;
        }

        /** Returns the name for people. */
        public String title() {
            return title;
        }
    }

    /** Returns whether the ServiceAccount can certainly use the role. */
    public Answer answer() {
        return condition.isPresent() ? Answer.PERHAPS : Answer.YES;
    }
}
