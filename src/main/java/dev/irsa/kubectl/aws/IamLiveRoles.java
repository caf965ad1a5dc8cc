package dev.irsa.kubectl.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.aws.AwsCalls;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamTags;
import dev.irsa.aws.PolicyDocumentReader;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.port.LiveRoleReads;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleListing.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** Reads roles in bulk, as a sweep does: all pages of the account, and none of them twice. */
public final class IamLiveRoles implements LiveRoleReads {
    private static final AwsAction DETAILS = AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS;
    /** As in a sweep. A page of an account with large policies is in memory as a whole. */
    private static final int PAGE = 200;

    private final IamClient iam;
    private final AwsCalls calls;
    private final IamListing listing;

    /** Uses this client; each call passes the interceptor. */
    public IamLiveRoles(IamClient iam, CallInterceptor interceptor) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
        this.listing = new IamListing(iam, interceptor, PAGE);
    }

    @Override
    public Found roles(BiPredicate<String, Map<String, String>> wanted) {
        Map<String, RoleDetail> details = new HashMap<>();
        IamListing.eachDetail(iam, calls, PAGE, role -> {
            String name = part(role.roleName(), DETAILS);
            if (wanted.test(name, IamTags.seen(role.tags()))) {
                details.put(name, role);
            }
        });
        TreeMap<String, LiveRole> found = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        if (!details.isEmpty()) {
            listing.summaries("/", summary -> {
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
        PolicyDocument trust = PolicyDocumentReader.read(role.assumeRolePolicyDocument(), DETAILS);
        TreeSet<String> managed = new TreeSet<>();
        role.attachedManagedPolicies().forEach(policy -> managed.add(part(policy.policyArn(), DETAILS)));
        TreeMap<String, PolicyDocument> inline = new TreeMap<>();
        role.rolePolicyList()
                .forEach(policy -> inline.put(
                        part(policy.policyName(), DETAILS),
                        PolicyDocumentReader.read(policy.policyDocument(), DETAILS)));
        ObservedRole observed = new ObservedRole(
                summary.name(),
                part(role.path(), DETAILS),
                part(role.arn(), DETAILS),
                part(role.roleId(), DETAILS),
                summary.description(),
                summary.maxSessionSeconds(),
                Optional.ofNullable(role.permissionsBoundary()).map(boundary -> boundary.permissionsBoundaryArn()),
                IamTags.seen(role.tags()),
                trust.fingerprint(),
                Optional.empty());
        return new LiveRole(observed, trust, managed, inline);
    }
}
