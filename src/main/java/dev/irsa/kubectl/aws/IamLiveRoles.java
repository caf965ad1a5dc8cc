package dev.irsa.kubectl.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.aws.AwsCalls;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamTags;
import dev.irsa.aws.PolicyDocumentReader;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleListing.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** Reads roles in bulk, as a sweep does: all pages of the account, and none of them twice. Each call passes the interceptor. */
public record IamLiveRoles(IamClient iam, CallInterceptor interceptor) {
    private static final AwsAction DETAILS = AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS;
    /** As in a sweep. A page of an account with large policies is in memory as a whole. */
    static final int PAGE = 200;

    /**
     * Returns the roles of the account that are wanted. The number of calls depends on how many roles the account has, not on how
     * many are wanted.
     *
     * @param wanted decides by the name and the tags of a role
     */
    public Found roles(BiPredicate<String, Map<String, String>> wanted) {
        Map<String, RoleDetail> details = new HashMap<>();
        IamListing.eachDetail(iam, new AwsCalls(interceptor), PAGE, role -> {
            String name = part(role.roleName(), DETAILS);
            if (wanted.test(name, IamTags.seen(role.tags()))) {
                details.put(name, role);
            }
        });
        TreeMap<String, LiveRole> found = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        if (!details.isEmpty()) {
            new IamListing(iam, interceptor, PAGE).summaries("/", summary -> {
                RoleDetail role = details.get(summary.name());
                // A role of another ID was deleted and created again in between.
                if (role != null && summary.id().equals(role.roleId())) {
                    try {
                        found.put(summary.name(), role(role, summary));
                    } catch (FailureException e) {
                        unreadable.add(summary.name());
                    }
                }
            });
        }
        return new Found(found, unreadable);
    }

    private static LiveRole role(RoleDetail role, Summary summary) {
        RoleState state = IamListing.detail(role).with(summary);
        TreeMap<String, PolicyDocument> inline = new TreeMap<>();
        role.rolePolicyList()
                .forEach(policy -> inline.put(
                        part(policy.policyName(), DETAILS),
                        PolicyDocumentReader.read(policy.policyDocument(), DETAILS)));
        return new LiveRole(
                state.role(),
                PolicyDocumentReader.read(role.assumeRolePolicyDocument(), DETAILS),
                state.policies().attached(),
                inline);
    }
}
