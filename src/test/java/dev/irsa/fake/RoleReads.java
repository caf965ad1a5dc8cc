package dev.irsa.fake;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;

/** What IAM tells about roles, one method an action. All of it may be old when {@link Consistency} says so. */
final class RoleReads {
    private final Roles roles;
    private final Pages pages;
    private final Answers answers;

    RoleReads(Roles roles, Pages pages, Answers answers) {
        this.roles = roles;
        this.pages = pages;
        this.answers = answers;
    }

    GetRoleResponse get(GetRoleRequest request) {
        return GetRoleResponse.builder()
                .role(answers.whole(see(request.roleName())))
                .build();
    }

    GetRolePolicyResponse policy(GetRolePolicyRequest request) {
        var role = see(request.roleName());
        var document = role.inline().get(request.policyName());
        if (document == null) {
            throw IamErrors.noSuchEntity("The role policy with name " + request.policyName() + " cannot be found.");
        }
        return GetRolePolicyResponse.builder()
                .roleName(role.name())
                .policyName(request.policyName())
                .policyDocument(Answers.encoded(document))
                .build();
    }

    ListRolesResponse list(ListRolesRequest request) {
        var prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
        var page = pages.cut(
                roles.seeAll().stream()
                        .filter(role -> role.path().startsWith(prefix))
                        .toList(),
                RoleRecord::name,
                request.marker(),
                request.maxItems());
        return ListRolesResponse.builder()
                .roles(page.items().stream().map(answers::listed).toList())
                .isTruncated(page.truncated())
                .marker(page.markerOrNull())
                .build();
    }

    GetAccountAuthorizationDetailsResponse details(GetAccountAuthorizationDetailsRequest request) {
        var wanted = request.filter().isEmpty() || request.filter().contains(EntityType.ROLE);
        var page = pages.cut(
                wanted ? roles.seeAll() : List.<RoleRecord>of(),
                RoleRecord::name,
                request.marker(),
                request.maxItems());
        return GetAccountAuthorizationDetailsResponse.builder()
                .roleDetailList(page.items().stream().map(answers::detailed).toList())
                .isTruncated(page.truncated())
                .marker(page.markerOrNull())
                .build();
    }

    ListAttachedRolePoliciesResponse attached(ListAttachedRolePoliciesRequest request) {
        var prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
        var page = pages.cut(
                see(request.roleName()).attached().stream()
                        .filter(arn -> arn.contains(":policy" + prefix))
                        .toList(),
                Function.identity(),
                request.marker(),
                request.maxItems());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items().stream().map(Answers::attached).toList())
                .isTruncated(page.truncated())
                .marker(page.markerOrNull())
                .build();
    }

    ListRolePoliciesResponse policies(ListRolePoliciesRequest request) {
        var page = pages.cut(
                List.copyOf(see(request.roleName()).inline().keySet()),
                Function.identity(),
                request.marker(),
                request.maxItems());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.markerOrNull())
                .build();
    }

    ListRoleTagsResponse tags(ListRoleTagsRequest request) {
        var page = pages.cut(
                List.copyOf(see(request.roleName()).tags().entrySet()),
                Map.Entry::getKey,
                request.marker(),
                request.maxItems());
        return ListRoleTagsResponse.builder()
                .tags(page.items().stream()
                        .flatMap(tag -> Answers.tags(Map.of(tag.getKey(), tag.getValue())).stream())
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.markerOrNull())
                .build();
    }

    ListInstanceProfilesForRoleResponse instanceProfiles(ListInstanceProfilesForRoleRequest request) {
        var role = see(request.roleName());
        var page = pages.cut(role.instanceProfiles(), Function.identity(), request.marker(), request.maxItems());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(page.items().stream()
                        .map(profile -> answers.instanceProfile(profile, role))
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.markerOrNull())
                .build();
    }

    private RoleRecord see(String name) {
        NameRules.roleName(name);
        return roles.see(name).orElseThrow(() -> IamErrors.noSuchRole(name));
    }
}
