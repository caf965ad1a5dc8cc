package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ManagedPolicyReads;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;

/** Reads managed policies through the IAM API. */
public final class IamManagedPolicies implements ManagedPolicyReads {
    private final IamClient iam;
    private final AwsCalls calls;

    /** Uses this client; each call passes the interceptor. */
    public IamManagedPolicies(IamClient iam, CallInterceptor interceptor) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
    }

    @Override
    public Optional<PolicyDocument> document(String arn) {
        return calls.find(AwsAction.GET_POLICY, arn, () -> iam.getPolicy(request -> request.policyArn(arn)))
                .map(response -> part(response.policy(), AwsAction.GET_POLICY))
                .map(policy -> part(policy.defaultVersionId(), AwsAction.GET_POLICY))
                .flatMap(version -> version(arn, version));
    }

    /** Another client may have replaced the default version and deleted this one since. */
    private Optional<PolicyDocument> version(String arn, String version) {
        return calls.find(
                        AwsAction.GET_POLICY_VERSION,
                        arn,
                        () -> iam.getPolicyVersion(
                                request -> request.policyArn(arn).versionId(version)))
                .map(response -> part(response.policyVersion(), AwsAction.GET_POLICY_VERSION))
                .map(read -> PolicyDocumentReader.read(read.document(), AwsAction.GET_POLICY_VERSION));
    }
}
