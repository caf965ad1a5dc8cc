package dev.irsa.kubectl.aws;

import dev.irsa.aws.AwsCalls;
import dev.irsa.aws.PolicyDocumentReader;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.ManagedPolicyReads;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** Reads the documents of the policies of a role. The first page of a list holds as many as the quotas of IAM allow. */
record RolePolicies(IamClient iam, AwsCalls calls, ManagedPolicyReads managed) {
    /** Returns them by name, or by ARN if they are managed. */
    SortedMap<String, PolicyDocument> of(String role) {
        SortedMap<String, PolicyDocument> documents = new TreeMap<>();
        List<String> inline = calls.make(
                AwsAction.LIST_ROLE_POLICIES,
                role,
                () -> iam.listRolePolicies(request -> request.roleName(role)).policyNames());
        inline.forEach(name -> documents.put(name, document(role, name)));
        List<AttachedPolicy> attached = calls.make(
                AwsAction.LIST_ATTACHED_ROLE_POLICIES,
                role,
                () -> iam.listAttachedRolePolicies(request -> request.roleName(role))
                        .attachedPolicies());
        attached.stream()
                .map(AttachedPolicy::policyArn)
                .forEach(arn -> managed.document(arn).ifPresent(document -> documents.put(arn, document)));
        return documents;
    }

    private PolicyDocument document(String role, String name) {
        String encoded = calls.make(
                        AwsAction.GET_ROLE_POLICY,
                        role,
                        () -> iam.getRolePolicy(
                                request -> request.roleName(role).policyName(name)))
                .policyDocument();
        return PolicyDocumentReader.read(encoded, AwsAction.GET_ROLE_POLICY);
    }
}
