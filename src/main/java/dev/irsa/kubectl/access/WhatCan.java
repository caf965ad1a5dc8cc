package dev.irsa.kubectl.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.access.AllowedAccess;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the roles of a ServiceAccount allow. The names are part of the interface of the command. */
public record WhatCan(
        String namespace,
        String name,
        List<Role> roles,
        List<String> notSeen,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /**
     * A role that the ServiceAccount can use.
     *
     * @param condition on what it depends that it can; null if it is certain
     * @param boundary ARN of the permissions boundary; null if there is none
     * @param denied each in words, as in "policy x denies s3:Delete* on *"
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Role(
            String roleArn,
            Link linkedBy,
            @Nullable String condition,
            @Nullable String boundary,
            List<AllowedAccess> allowed,
            List<String> denied) {
        private static Role of(Grant grant, RoleAccess access) {
            return new Role(
                    grant.role().arn(),
                    grant.link(),
                    grant.condition().orElse(null),
                    grant.role().boundary().orElse(null),
                    AllowedAccess.of(access),
                    access.denials());
        }
    }

    /** Returns what a ServiceAccount can do, by an inventory that has only this one. */
    public static WhatCan of(String namespace, String name, AccessInventory inventory) {
        return new WhatCan(
                namespace,
                name,
                inventory.grants().stream()
                        .map(grant -> Role.of(grant, inventory.access(grant.role())))
                        .toList(),
                WhoCan.NOT_SEEN,
                inventory.notRead());
    }

    /** Returns the tables for people, one for each role. */
    public String format(Terminal terminal) {
        StringBuilder text = new StringBuilder();
        for (Role role : roles) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("Role ")
                    .append(role.roleArn())
                    .append(", linked by ")
                    .append(role.linkedBy().title())
                    .append(
                            role.boundary() == null
                                    ? ", without a permissions boundary"
                                    : ", with boundary " + role.boundary())
                    .append('\n');
            if (role.condition() != null) {
                text.append("It depends on: ")
                        .append(PlainText.of(role.condition()))
                        .append('\n');
            }
            Table table = new Table("SERVICE", "ALLOWED", "ACTIONS", "THROUGH", "RESOURCES");
            role.allowed()
                    .forEach(row -> table.add(
                            row.service(),
                            row.allowed().word(),
                            PlainText.of(String.join(", ", row.actions())),
                            PlainText.of(row.policy()),
                            PlainText.of(String.join(", ", row.resources()))));
            text.append(role.allowed().isEmpty() ? "It allows nothing.\n" : table.format(terminal));
            role.allowed()
                    .forEach(row -> row.reasons()
                            .forEach(reason -> text.append("  ")
                                    .append(row.allowed().word())
                                    .append(": ")
                                    .append(PlainText.of(reason))
                                    .append('\n')));
            role.denied()
                    .forEach(denial ->
                            text.append("  ").append(PlainText.of(denial)).append('\n'));
        }
        return text.toString();
    }
}
