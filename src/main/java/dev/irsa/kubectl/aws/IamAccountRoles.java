package dev.irsa.kubectl.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.aws.AwsCalls;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamTags;
import dev.irsa.aws.PolicyDocumentReader;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.AccountRole;
import dev.irsa.port.CallInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** Reads the roles of an account in bulk, with one call for each page. */
public record IamAccountRoles(IamClient iam) {
    private static final AwsAction DETAILS = AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS;

    /**
     * Some roles of the account.
     *
     * @param unreadable the names of roles with a document that is not valid
     */
    public record Found(List<AccountRole> roles, List<String> unreadable) {}

    /**
     * Returns the roles that are wanted by their ARN and trust policy.
     *
     * @throws FailureException if a page cannot be read
     */
    public Found roles(BiPredicate<String, PolicyDocument> wanted) {
        List<AccountRole> roles = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        IamListing.eachDetail(iam, new AwsCalls(CallInterceptor.NONE), IamLiveRoles.PAGE, role -> {
            try {
                PolicyDocument trust = PolicyDocumentReader.read(role.assumeRolePolicyDocument(), DETAILS);
                if (wanted.test(part(role.arn(), DETAILS), trust)) {
                    roles.add(role(role, trust));
                }
            } catch (FailureException e) {
                unreadable.add(part(role.roleName(), DETAILS));
            }
        });
        return new Found(roles, unreadable);
    }

    private static AccountRole role(RoleDetail role, PolicyDocument trust) {
        TreeMap<String, PolicyDocument> inline = new TreeMap<>();
        role.rolePolicyList()
                .forEach(policy -> inline.put(
                        part(policy.policyName(), DETAILS),
                        PolicyDocumentReader.read(policy.policyDocument(), DETAILS)));
        TreeSet<String> managed = new TreeSet<>();
        role.attachedManagedPolicies().forEach(policy -> managed.add(part(policy.policyArn(), DETAILS)));
        return new AccountRole(
                part(role.arn(), DETAILS),
                IamTags.seen(role.tags()),
                IamListing.use(role),
                trust,
                inline,
                managed,
                IamListing.boundary(role));
    }
}
