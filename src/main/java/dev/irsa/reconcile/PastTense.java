package dev.irsa.reconcile;

import dev.irsa.plan.Change;

/** Tells a change as something that has happened: a plan says "create role x", an event "created role x". */
final class PastTense {
    private PastTense() {}

    static String of(Change change) {
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
