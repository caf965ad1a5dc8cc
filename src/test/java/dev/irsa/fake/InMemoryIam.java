package dev.irsa.fake;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/**
 * IAM in memory, for tests and demonstrations: the state and the rules of real IAM as far as roles and OIDC providers go, safe for
 * threads, and with time and ids that a test decides. Actions that no method here overrides throw
 * {@link UnsupportedOperationException}, as the SDK's interface has it.
 *
 * <p>{@link #console()} looks at and edits the account as a person would, {@link #calls()} counts what arrived,
 * {@link #faults()} and {@link #consistency()} make IAM as unpleasant as it can be, {@link #account()} sets quotas and
 * known policies, {@link #pages()} how lists are cut.
 */
public final class InMemoryIam implements IamClient {
    private final Account account;
    private final Consistency consistency;
    private final Pages pages = new Pages();
    private final CallLog calls = new CallLog();
    private final Faults faults;
    private final Console console;
    private final Gate gate;
    private final Answers answers;
    private final RoleReads reads;
    private final RoleWrites writes;
    private final PolicyWrites policies;
    private final Providers providers;

    /** The account 111122223333 in the partition aws. */
    public InMemoryIam(InstantSource clock) {
        this("aws", "111122223333", clock);
    }

    public InMemoryIam(String partition, String accountId, InstantSource clock) {
        account = new Account(partition, accountId);
        consistency = new Consistency(clock);
        answers = new Answers(account);
        var turn = new ReentrantLock();
        var roles = new Roles(account, consistency);
        var births = new Births(account, clock);
        providers = new Providers(account, clock);
        console = new Console(turn, roles, births, providers);
        var rights = new Rights(account, console::role);
        faults = new Faults(rights);
        gate = new Gate(calls, faults, turn);
        reads = new RoleReads(roles, pages, answers);
        writes = new RoleWrites(account, roles, rights, births);
        policies = new PolicyWrites(account, roles, rights);
    }

    public Account account() {
        return account;
    }

    public Console console() {
        return console;
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    public Consistency consistency() {
        return consistency;
    }

    public Pages pages() {
        return pages;
    }

    /** The truth about a role, whatever callers see of it. */
    public Optional<RoleRecord> role(String name) {
        return console.role(name);
    }

    /** The truth about all roles, by name. */
    public List<RoleRecord> roles() {
        return console.roles();
    }

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest request) {
        return gate.pass(
                "CreateRole",
                request.roleName(),
                () -> CreateRoleResponse.builder()
                        .role(answers.created(writes.create(request)))
                        .build());
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest request) {
        return gate.pass("GetRole", request.roleName(), () -> reads.get(request));
    }

    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        return gate.pass("UpdateRole", request.roleName(), () -> {
            writes.update(request);
            return UpdateRoleResponse.builder().build();
        });
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        return gate.pass("UpdateAssumeRolePolicy", request.roleName(), () -> {
            writes.updateTrust(request.roleName(), request.policyDocument());
            return UpdateAssumeRolePolicyResponse.builder().build();
        });
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        return gate.pass("DeleteRole", request.roleName(), () -> {
            writes.delete(request.roleName());
            return DeleteRoleResponse.builder().build();
        });
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest request) {
        return gate.pass("TagRole", request.roleName(), () -> {
            writes.tag(request);
            return TagRoleResponse.builder().build();
        });
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest request) {
        return gate.pass("UntagRole", request.roleName(), () -> {
            writes.untag(request);
            return UntagRoleResponse.builder().build();
        });
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        return gate.pass("ListRoleTags", request.roleName(), () -> reads.tags(request));
    }

    @Override
    public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest request) {
        return gate.pass("PutRolePermissionsBoundary", request.roleName(), () -> {
            writes.putBoundary(request.roleName(), request.permissionsBoundary());
            return PutRolePermissionsBoundaryResponse.builder().build();
        });
    }

    @Override
    public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest request) {
        return gate.pass("DeleteRolePermissionsBoundary", request.roleName(), () -> {
            writes.deleteBoundary(request.roleName());
            return DeleteRolePermissionsBoundaryResponse.builder().build();
        });
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
        return gate.pass("AttachRolePolicy", request.roleName(), () -> {
            policies.attach(request.roleName(), request.policyArn());
            return AttachRolePolicyResponse.builder().build();
        });
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
        return gate.pass("DetachRolePolicy", request.roleName(), () -> {
            policies.detach(request.roleName(), request.policyArn());
            return DetachRolePolicyResponse.builder().build();
        });
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        return gate.pass("ListAttachedRolePolicies", request.roleName(), () -> reads.attached(request));
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
        return gate.pass("PutRolePolicy", request.roleName(), () -> {
            policies.put(request.roleName(), request.policyName(), request.policyDocument());
            return PutRolePolicyResponse.builder().build();
        });
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        return gate.pass("GetRolePolicy", request.roleName(), () -> reads.policy(request));
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
        return gate.pass("DeleteRolePolicy", request.roleName(), () -> {
            policies.delete(request.roleName(), request.policyName());
            return DeleteRolePolicyResponse.builder().build();
        });
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        return gate.pass("ListRolePolicies", request.roleName(), () -> reads.policies(request));
    }

    @Override
    public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(ListInstanceProfilesForRoleRequest request) {
        return gate.pass("ListInstanceProfilesForRole", request.roleName(), () -> reads.instanceProfiles(request));
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest request) {
        return gate.pass("ListRoles", () -> reads.list(request));
    }

    @Override
    public GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest request) {
        return gate.pass("GetAccountAuthorizationDetails", () -> reads.details(request));
    }

    @Override
    public CreateOpenIdConnectProviderResponse createOpenIDConnectProvider(CreateOpenIdConnectProviderRequest request) {
        return gate.pass(
                "CreateOpenIDConnectProvider",
                request.url(),
                () -> CreateOpenIdConnectProviderResponse.builder()
                        .openIDConnectProviderArn(providers.create(request).arn())
                        .tags(request.tags())
                        .build());
    }

    @Override
    public GetOpenIdConnectProviderResponse getOpenIDConnectProvider(GetOpenIdConnectProviderRequest request) {
        String arn = request.openIDConnectProviderArn();
        return gate.pass("GetOpenIDConnectProvider", arn, () -> providers.get(arn));
    }

    @Override
    public ListOpenIdConnectProvidersResponse listOpenIDConnectProviders(ListOpenIdConnectProvidersRequest request) {
        return gate.pass("ListOpenIDConnectProviders", providers::list);
    }

    @Override
    public AddClientIdToOpenIdConnectProviderResponse addClientIDToOpenIDConnectProvider(
            AddClientIdToOpenIdConnectProviderRequest request) {
        String arn = request.openIDConnectProviderArn();
        return gate.pass("AddClientIDToOpenIDConnectProvider", arn, () -> {
            providers.addAudience(arn, request.clientID());
            return AddClientIdToOpenIdConnectProviderResponse.builder().build();
        });
    }

    @Override
    public DeleteOpenIdConnectProviderResponse deleteOpenIDConnectProvider(DeleteOpenIdConnectProviderRequest request) {
        String arn = request.openIDConnectProviderArn();
        return gate.pass("DeleteOpenIDConnectProvider", arn, () -> {
            providers.delete(arn);
            return DeleteOpenIdConnectProviderResponse.builder().build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to let go of: the account stays, so that a restarted operator finds it again. */
    @Override
    public void close() {}
}
