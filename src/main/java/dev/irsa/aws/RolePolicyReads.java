package dev.irsa.aws;

import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.IamClient;

/** Reads the policies of a role through the IAM API. */
final class RolePolicyReads {
    private final IamClient iam;
    private final AwsCalls calls;

    RolePolicyReads(IamClient iam, AwsCalls calls) {
        this.iam = iam;
        this.calls = calls;
    }

    /** Returns all policies of the role. */
    ObservedPolicies all(String roleName) {
        Set<String> attached = new TreeSet<>(Paginator.all(AwsAction.LIST_ATTACHED_ROLE_POLICIES, marker -> {
            var page = calls.make(
                    AwsAction.LIST_ATTACHED_ROLE_POLICIES,
                    roleName,
                    () -> iam.listAttachedRolePolicies(
                            request -> request.roleName(roleName).marker(marker)));
            return Paginator.Page.of(
                    page.attachedPolicies().stream()
                            .map(policy -> policy.policyArn())
                            .toList(),
                    page.isTruncated(),
                    page.marker());
        }));
        Map<String, PolicyFingerprint> inline = new TreeMap<>();
        inlineNames(roleName).forEach(name -> inline.put(name, document(roleName, name)));
        return ObservedPolicies.of(attached, inline);
    }

    /** Returns one inline policy; empty when IAM reports none of that name. */
    Optional<PolicyFingerprint> inline(String roleName, String policyName) {
        try {
            return Optional.of(document(roleName, policyName));
        } catch (FailureException e) {
            if (e.failure() instanceof AwsFailure.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private PolicyFingerprint document(String roleName, String policyName) {
        String document = calls.make(
                        AwsAction.GET_ROLE_POLICY,
                        roleName,
                        () -> iam.getRolePolicy(
                                request -> request.roleName(roleName).policyName(policyName)))
                .policyDocument();
        return PolicyDocumentReader.seen(document, AwsAction.GET_ROLE_POLICY);
    }

    private List<String> inlineNames(String roleName) {
        return Paginator.all(AwsAction.LIST_ROLE_POLICIES, marker -> {
            var page = calls.make(
                    AwsAction.LIST_ROLE_POLICIES,
                    roleName,
                    () -> iam.listRolePolicies(
                            request -> request.roleName(roleName).marker(marker)));
            return Paginator.Page.of(page.policyNames(), page.isTruncated(), page.marker());
        });
    }
}
