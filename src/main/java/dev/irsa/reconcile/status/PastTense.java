package dev.irsa.reconcile.status;

import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;

/** Tells a change as something that has happened: a plan says "create role x", an event "created role x". */
final class PastTense {
    private PastTense() {}

    static String of(Change change) {
        if (change instanceof RoleChange.UpdateAssumeRolePolicy trust) {
            // The document itself would fill the event.
            return "set the trust policy of role " + trust.roleName();
        }
        String plan = change.describe();
        int space = plan.indexOf(' ');
        return past(plan.substring(0, space)) + plan.substring(space);
    }

    private static String past(String verb) {
        return switch (verb) {
            case "set", "put" -> verb;
            case "tag" -> "tagged";
            default -> verb.endsWith("e") ? verb + "d" : verb + "ed";
        };
    }
}
