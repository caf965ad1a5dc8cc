package dev.irsa.kubectl.plan;

import dev.irsa.kubectl.output.Symbol;

/** What the operator would do for a resource. */
public enum PlanAction {
    create(Symbol.ADD, "to create"),
    change(Symbol.CHANGE, "to change"),
    delete(Symbol.REMOVE, "to delete"),
    /** Nothing is to be done. */
    none(Symbol.NONE, "unchanged"),
    /** The operator lists the changes in the status and makes none. */
    suspended(Symbol.WARNING, "suspended"),
    /** The operator continues on its own, for example after pods were restarted. */
    waiting(Symbol.WARNING, "waiting"),
    /** The operator watches other namespaces only. */
    ignored(Symbol.WARNING, "not watched"),
    /** The role is in an account that is not read. */
    unknown(Symbol.WARNING, "not planned"),
    /** A user has to change something first. */
    refused(Symbol.FAILED, "refused");

    private final Symbol symbol;
    private final String label;

    PlanAction(Symbol symbol, String label) {
        this.symbol = symbol;
        this.label = label;
    }

    Symbol symbol() {
        return symbol;
    }

    /** Returns how a summary names it, after a number. */
    String label() {
        return label;
    }

    /** Returns whether the operator writes something other than the status. */
    public boolean changes() {
        return this == create || this == change || this == delete;
    }
}
