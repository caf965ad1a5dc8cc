package dev.irsa.fake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.services.iam.model.IamException;

/** What the caller may write, and how IAM says that he may not. */
final class Rights {
    private final String caller;
    private final Account account;
    private final Function<String, Optional<RoleRecord>> roles;
    private final List<ScopedRights> granted = new CopyOnWriteArrayList<>();

    Rights(Account account, Function<String, Optional<RoleRecord>> roles) {
        this.account = account;
        this.roles = roles;
        this.caller = "arn:" + account.partition() + ":sts::" + account.id() + ":assumed-role/operator/x";
    }

    void grant(ScopedRights more) {
        granted.add(more);
    }

    void all() {
        granted.clear();
    }

    /** A write to a role, of which IAM sees this much. */
    void checkWrite(String action, String name, Optional<RoleRecord> seen) {
        var allowed = granted.isEmpty()
                || seen.filter(role -> granted.stream().anyMatch(grant -> grant.allow(role.path(), role.tags())))
                        .isPresent();
        if (!allowed) {
            throw denied(action, seen.map(RoleRecord::arn).orElse("role " + name), byNoPolicy(action));
        }
    }

    void checkCreate(String name, String path, Map<String, String> tags) {
        if (!granted.isEmpty() && granted.stream().noneMatch(grant -> grant.allowCreation(path, tags))) {
            throw denied("CreateRole", account.roleArn(path, name), byNoPolicy("CreateRole"));
        }
    }

    IamException denied(Call call, String because) {
        return denied(call.action(), resource(call), because);
    }

    private String resource(Call call) {
        if (!call.isAboutARole()) {
            return call.roleName().isEmpty() ? account.oidcProviderArn("*") : call.roleName();
        }
        if (call.roleName().isEmpty()) {
            return call.action().equals("ListRoles") ? account.roleArn("/", "") : "*";
        }
        return roles.apply(call.roleName())
                .map(RoleRecord::arn)
                .orElse(
                        call.action().equals("CreateRole")
                                ? account.roleArn("/", call.roleName())
                                : "role " + call.roleName());
    }

    private IamException denied(String action, String resource, String because) {
        return IamErrors.accessDenied("User: " + caller + " is not authorized to perform: iam:" + action
                + " on resource: " + resource + " " + because);
    }

    private static String byNoPolicy(String action) {
        return "because no identity-based policy allows the iam:" + action + " action";
    }
}
