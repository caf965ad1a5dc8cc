package dev.irsa.fake;

import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/** What changes a role itself; its policies are {@link PolicyWrites}. Each refuses before it changes anything. */
final class RoleWrites {
    private final Account account;
    private final Roles roles;
    private final Rights rights;
    private final Births births;

    RoleWrites(Account account, Roles roles, Rights rights, Births births) {
        this.account = account;
        this.roles = roles;
        this.rights = rights;
        this.births = births;
    }

    RoleRecord create(CreateRoleRequest request) {
        var name = request.roleName();
        var path = request.path() == null ? "/" : request.path();
        var session = request.maxSessionDuration() == null
                ? RoleRecord.DEFAULT_SESSION_SECONDS
                : request.maxSessionDuration();
        var description = request.description() == null ? "" : request.description();
        NameRules.roleName(name);
        NameRules.path(path);
        NameRules.description(description);
        NameRules.session(session);
        var tags = TagRules.accept(request.tags());
        rights.checkCreate(name, path, tags);
        if (Targets.isProtected(path)) {
            throw IamErrors.invalidInput("Path " + path + " is reserved for roles that AWS services make.");
        }
        var trust = trust(request.assumeRolePolicyDocument());
        if (roles.occupant(name).isPresent()) {
            throw IamErrors.alreadyExists(name);
        }
        if (roles.all().size() >= account.quotas().roles()) {
            throw IamErrors.limitExceeded("Cannot exceed quota for RolesPerAccount: "
                    + account.quotas().roles());
        }
        var role = births.role(name, path, trust)
                .withDescription(description)
                .withMaxSessionSeconds(session)
                .withTags(tags);
        if (request.permissionsBoundary() != null) {
            role = role.withBoundary(existing(request.permissionsBoundary()));
        }
        roles.write(role);
        return role;
    }

    /** A session that is not given becomes the default one, a description that is not given stays. */
    void update(UpdateRoleRequest request) {
        var session = request.maxSessionDuration() == null
                ? RoleRecord.DEFAULT_SESSION_SECONDS
                : request.maxSessionDuration();
        NameRules.session(session);
        if (request.description() != null) {
            NameRules.description(request.description());
        }
        change("UpdateRole", request.roleName(), role -> {
            var updated = role.withMaxSessionSeconds(session);
            return request.description() == null ? updated : updated.withDescription(request.description());
        });
    }

    void updateTrust(String name, String document) {
        change("UpdateAssumeRolePolicy", name, role -> role.withTrust(trust(document)));
    }

    void tag(TagRoleRequest request) {
        var tags = TagRules.accept(request.tags());
        change("TagRole", request.roleName(), role -> {
            var tagged = role;
            for (var tag : tags.entrySet()) {
                tagged = tagged.withTag(tag.getKey(), tag.getValue());
            }
            if (tagged.tags().size() > account.quotas().tagsPerRole()) {
                throw IamErrors.limitExceeded("Cannot exceed quota for TagsPerRole: "
                        + account.quotas().tagsPerRole());
            }
            return tagged;
        });
    }

    void untag(UntagRoleRequest request) {
        TagRules.acceptKeys(request.tagKeys());
        change("UntagRole", request.roleName(), role -> {
            var untagged = role;
            for (var key : request.tagKeys()) {
                untagged = untagged.withoutTag(key);
            }
            return untagged;
        });
    }

    void putBoundary(String name, String policyArn) {
        change("PutRolePermissionsBoundary", name, role -> role.withBoundary(existing(policyArn)));
    }

    void deleteBoundary(String name) {
        change("DeleteRolePermissionsBoundary", name, role -> {
            if (role.boundary().isEmpty()) {
                throw IamErrors.noSuchEntity("Role " + name + " does not have a permissions boundary.");
            }
            return role.withoutBoundary();
        });
    }

    void delete(String name) {
        var role = Targets.find("DeleteRole", name, roles, rights);
        if (!role.instanceProfiles().isEmpty()) {
            throw IamErrors.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        }
        if (!role.attached().isEmpty()) {
            throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
        }
        if (!role.inline().isEmpty()) {
            throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
        }
        roles.delete(role);
    }

    private void change(String action, String name, UnaryOperator<RoleRecord> change) {
        roles.write(change.apply(Targets.find(action, name, roles, rights)));
    }

    private String trust(String document) {
        PolicyRules.trust(document);
        var limit = account.quotas().trustPolicySize();
        if (PolicyRules.sizeWithoutWhiteSpace(document) > limit) {
            throw IamErrors.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + limit);
        }
        return Principals.rewritten(document, account.partition());
    }

    private String existing(String boundaryArn) {
        NameRules.policyArn(boundaryArn);
        if (!account.hasPolicy(boundaryArn)) {
            throw IamErrors.noSuchEntity("Scope ARN: " + boundaryArn + " does not exist or is not attachable.");
        }
        return boundaryArn;
    }
}
