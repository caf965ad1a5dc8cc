package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.aws.Paginator.Page;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleReads;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;

/** Reads roles through the IAM API. */
class IamRoleReads implements RoleReads {
    final IamClient iam;
    final AwsCalls calls;

    IamRoleReads(IamClient iam, CallInterceptor interceptor) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
    }

    @Override
    public Optional<ObservedRole> role(String name) {
        return get(name).map(IamRoleReads::observed);
    }

    @Override
    public Optional<CreatedRole> roleWithCreationTime(String name) {
        return get(name).map(role -> new CreatedRole(observed(role), part(role.createDate(), AwsAction.GET_ROLE)));
    }

    @Override
    public Optional<ObservedTrust> trust(String roleName) {
        return get(roleName)
                .map(role -> new ObservedTrust(
                        part(role.arn(), AwsAction.GET_ROLE),
                        IamTags.seen(role.tags()),
                        PolicyDocumentReader.read(role.assumeRolePolicyDocument(), AwsAction.GET_ROLE)));
    }

    /** Returns a role as IAM describes it; empty when IAM has no role of that name. */
    public Optional<Role> get(String name) {
        return calls.find(AwsAction.GET_ROLE, name, () -> iam.getRole(request -> request.roleName(name)))
                .map(response -> part(response.role(), AwsAction.GET_ROLE));
    }

    private static ObservedRole observed(Role role) {
        SortedMap<String, String> tags = IamTags.seen(role.tags());
        boolean offered = tags.keySet().stream().anyMatch(OwnershipTags.ADOPTABLE_BY::equalsIgnoreCase);
        PolicyDocument trust = PolicyDocumentReader.read(role.assumeRolePolicyDocument(), AwsAction.GET_ROLE);
        return new ObservedRole(
                part(role.roleName(), AwsAction.GET_ROLE),
                part(role.path(), AwsAction.GET_ROLE),
                part(role.arn(), AwsAction.GET_ROLE),
                part(role.roleId(), AwsAction.GET_ROLE),
                Objects.requireNonNullElse(role.description(), ""),
                part(role.maxSessionDuration(), AwsAction.GET_ROLE),
                Optional.ofNullable(role.permissionsBoundary()).map(boundary -> boundary.permissionsBoundaryArn()),
                tags,
                trust.fingerprint(),
                offered ? Optional.of(trust) : Optional.empty());
    }

    @Override
    public ObservedPolicies policies(String roleName) {
        var attached = listOf(
                AwsAction.LIST_ATTACHED_ROLE_POLICIES,
                roleName,
                marker -> iam.listAttachedRolePolicies(
                        request -> request.roleName(roleName).marker(marker)),
                page -> Page.of(page.attachedPolicies(), page.isTruncated(), page.marker()));
        var inlineNames = listOf(
                AwsAction.LIST_ROLE_POLICIES,
                roleName,
                marker -> iam.listRolePolicies(
                        request -> request.roleName(roleName).marker(marker)),
                page -> Page.of(page.policyNames(), page.isTruncated(), page.marker()));
        Map<String, PolicyFingerprint> inline = new TreeMap<>();
        for (String name : inlineNames) {
            var response = calls.make(AwsAction.GET_ROLE_POLICY, roleName, () -> getInline(roleName, name));
            inline.put(name, fingerprint(response));
        }
        return ObservedPolicies.of(
                attached.stream().map(AttachedPolicy::policyArn).collect(Collectors.toSet()), inline);
    }

    /** Returns everything of one kind that a role has. */
    private <R, T> List<T> listOf(
            AwsAction action, String roleName, Function<@Nullable String, R> request, Function<R, Page<T>> page) {
        return Paginator.all(action, calls.pages(action, roleName, request, page));
    }

    @Override
    public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
        return calls.find(AwsAction.GET_ROLE_POLICY, roleName, () -> getInline(roleName, policyName))
                .map(IamRoleReads::fingerprint);
    }

    private GetRolePolicyResponse getInline(String roleName, String policyName) {
        return iam.getRolePolicy(request -> request.roleName(roleName).policyName(policyName));
    }

    private static PolicyFingerprint fingerprint(GetRolePolicyResponse response) {
        return PolicyDocumentReader.seen(response.policyDocument(), AwsAction.GET_ROLE_POLICY);
    }

    @Override
    public List<String> instanceProfiles(String roleName) {
        var profiles = listOf(
                AwsAction.LIST_INSTANCE_PROFILES_FOR_ROLE,
                roleName,
                marker -> iam.listInstanceProfilesForRole(
                        request -> request.roleName(roleName).marker(marker)),
                page -> Page.of(page.instanceProfiles(), page.isTruncated(), page.marker()));
        return profiles.stream().map(InstanceProfile::instanceProfileName).toList();
    }
}
