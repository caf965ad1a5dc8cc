package dev.irsa.kubectl.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.kubectl.output.Symbol;
import java.util.ArrayList;
import java.util.List;

/** Describes a change in lines: what it does, and what a new role has from the start. */
final class ChangeLines {
    private ChangeLines() {}

    /**
     * Returns whether the change adds, changes, or removes something.
     *
     * @param creates whether the role is created by the same plan
     */
    static Symbol symbol(Change change, boolean creates) {
        return switch (change) {
            case PutRolePolicy put when creates -> Symbol.ADD;
            case CreateRole create -> Symbol.ADD;
            case AttachRolePolicy attach -> Symbol.ADD;
            case CreateServiceAccount create -> Symbol.ADD;
            case CreatePodIdentityAssociation create -> Symbol.ADD;
            case DeleteRole delete -> Symbol.REMOVE;
            case DetachRolePolicy detach -> Symbol.REMOVE;
            case DeleteRolePolicy delete -> Symbol.REMOVE;
            case UntagRole untag -> Symbol.REMOVE;
            case DeletePodIdentityAssociation delete -> Symbol.REMOVE;
            default -> Symbol.CHANGE;
        };
    }

    /** Returns the properties of a role that is created with them, or the document of an inline policy; empty for every other change. */
    static List<String> details(Change change) {
        if (change instanceof PutRolePolicy put) {
            return List.of("document: " + put.document().text());
        }
        if (!(change instanceof CreateRole(DesiredRole role))) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("trust policy: " + role.trust().text());
        lines.add("permissions boundary: " + role.boundary().orElse("none"));
        lines.add("maximum session: " + role.maxSessionSeconds() + " s");
        if (!role.description().isEmpty()) {
            lines.add("description: " + role.description());
        }
        role.tags().forEach((key, value) -> lines.add("tag: " + key + "=" + value));
        return lines;
    }
}
