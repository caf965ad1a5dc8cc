package dev.irsa.fake;

import java.util.function.UnaryOperator;

/** What changes the policies of a role. Each refuses before it changes anything. */
final class PolicyWrites {
    private final Account account;
    private final Roles roles;
    private final Rights rights;

    PolicyWrites(Account account, Roles roles, Rights rights) {
        this.account = account;
        this.roles = roles;
        this.rights = rights;
    }

    /** Attaching what is attached is no error. */
    void attach(String name, String policyArn) {
        NameRules.policyArn(policyArn);
        change("AttachRolePolicy", name, role -> {
            if (!account.hasPolicy(policyArn)) {
                throw IamErrors.noSuchEntity("Policy " + policyArn + " does not exist or is not attachable.");
            }
            var attached = role.withAttached(policyArn);
            var limit = account.quotas().managedPoliciesPerRole();
            if (attached.attached().size() > Math.max(limit, role.attached().size())) {
                throw IamErrors.limitExceeded("Cannot exceed quota for PoliciesPerRole: " + limit);
            }
            return attached;
        });
    }

    void detach(String name, String policyArn) {
        NameRules.policyArn(policyArn);
        change("DetachRolePolicy", name, role -> {
            if (!role.attached().contains(policyArn)) {
                throw IamErrors.noSuchEntity("Policy " + policyArn + " was not found.");
            }
            return role.withoutAttached(policyArn);
        });
    }

    void put(String name, String policyName, String document) {
        NameRules.policyName(policyName);
        change("PutRolePolicy", name, role -> {
            PolicyRules.identity(document);
            var changed = role.withInline(policyName, document);
            var size = changed.inline().values().stream()
                    .mapToInt(PolicyRules::sizeWithoutWhiteSpace)
                    .sum();
            var limit = account.quotas().inlinePolicySize();
            if (size > limit) {
                throw IamErrors.limitExceeded("Maximum policy size of " + limit + " bytes exceeded for role " + name);
            }
            return changed;
        });
    }

    void delete(String name, String policyName) {
        NameRules.policyName(policyName);
        change("DeleteRolePolicy", name, role -> {
            if (!role.inline().containsKey(policyName)) {
                throw IamErrors.noSuchEntity("The role policy with name " + policyName + " cannot be found.");
            }
            return role.withoutInline(policyName);
        });
    }

    private void change(String action, String name, UnaryOperator<RoleRecord> change) {
        roles.write(change.apply(Targets.find(action, name, roles, rights)));
    }
}
