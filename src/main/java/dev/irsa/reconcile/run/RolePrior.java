package dev.irsa.reconcile.run;

import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter.Lane;

/** What is assumed about a role before IAM is asked. */
public enum RolePrior {
    /** Nothing indicates that it was created. Creating it is the cheapest way to find out. */
    NEW,
    /** It was created before, or must be read because nothing may be written. */
    CREATED,
    /** It was created before, and its resource was up to date with its current spec: nothing was begun since. */
    UP_TO_DATE,
    /** The same, but a policy template that it uses has changed since. */
    TEMPLATE_CHANGED,
    /** IAM just refused to create it because one of that name exists. */
    EXISTS,
    /** The same, and IAM had answered just before that no such role exists. */
    EXISTS_UNSEEN;

    /** Returns whether IAM just refused to create the role. */
    public boolean isNameTaken() {
        return this == EXISTS || this == EXISTS_UNSEEN;
    }

    public Lane lane() {
        return switch (this) {
            case NEW -> Lane.NEW;
            case CREATED, EXISTS, EXISTS_UNSEEN -> Lane.CHANGED;
            // The edit of one template changes many roles. They wait behind the edits of single resources.
            case UP_TO_DATE, TEMPLATE_CHANGED -> Lane.SWEEP;
        };
    }
}
