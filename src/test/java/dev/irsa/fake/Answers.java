package dev.irsa.fake;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.Tag;

/** How much of a role each action tells: the "Response Elements" of the IAM API Reference. */
final class Answers {
    private final Account account;

    Answers(Account account) {
        this.account = account;
    }

    /** CreateRole: neither description nor session. */
    Role created(RoleRecord role) {
        return bounded(named(role).tags(tags(role.tags())), role).build();
    }

    /** GetRole: everything but policies. */
    Role whole(RoleRecord role) {
        return bounded(described(role), role)
                .tags(tags(role.tags()))
                .roleLastUsed(RoleLastUsed.builder().build())
                .build();
    }

    /** ListRoles: no boundary, no tags. */
    Role listed(RoleRecord role) {
        return described(role).build();
    }

    /** GetAccountAuthorizationDetails: policies too, but neither description nor session. */
    RoleDetail detailed(RoleRecord role) {
        var detail = RoleDetail.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.created())
                .assumeRolePolicyDocument(encoded(role.trust()))
                .rolePolicyList(role.inline().entrySet().stream()
                        .map(policy -> PolicyDetail.builder()
                                .policyName(policy.getKey())
                                .policyDocument(encoded(policy.getValue()))
                                .build())
                        .toList())
                .attachedManagedPolicies(
                        role.attached().stream().map(Answers::attached).toList())
                .instanceProfileList(role.instanceProfiles().stream()
                        .map(profile -> instanceProfile(profile, role))
                        .toList())
                .tags(tags(role.tags()))
                .roleLastUsed(RoleLastUsed.builder().build());
        role.boundary().ifPresent(arn -> detail.permissionsBoundary(boundary(arn)));
        return detail.build();
    }

    InstanceProfile instanceProfile(String name, RoleRecord role) {
        return InstanceProfile.builder()
                .path("/")
                .instanceProfileName(name)
                .instanceProfileId("AIPA" + role.id().substring("AROA".length()))
                .arn(account.instanceProfileArn(name))
                .createDate(role.created())
                .roles(listed(role))
                .build();
    }

    static AttachedPolicy attached(String arn) {
        return AttachedPolicy.builder()
                .policyArn(arn)
                .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                .build();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** By RFC 3986, where Java's encoder follows the rules of HTML forms. */
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static Role.Builder described(RoleRecord role) {
        var described = named(role).maxSessionDuration(role.maxSessionSeconds());
        // IAM leaves an empty description out.
        return role.description().isEmpty() ? described : described.description(role.description());
    }

    private static Role.Builder named(RoleRecord role) {
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.created())
                .assumeRolePolicyDocument(encoded(role.trust()));
    }

    private static Role.Builder bounded(Role.Builder answer, RoleRecord role) {
        role.boundary().ifPresent(arn -> answer.permissionsBoundary(boundary(arn)));
        return answer;
    }

    private static AttachedPermissionsBoundary boundary(String arn) {
        return AttachedPermissionsBoundary.builder()
                .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                .permissionsBoundaryArn(arn)
                .build();
    }
}
