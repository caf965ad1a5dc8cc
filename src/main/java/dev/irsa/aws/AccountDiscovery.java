package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import software.amazon.awssdk.services.sts.StsClient;

/** Finds the identity and the AWS account of the operator. */
public record AccountDiscovery(StsClient sts, CallInterceptor interceptor) {
    /**
     * Returns the identity that the operator's credentials belong to.
     *
     * @throws FailureException when there are no credentials, or AWS returns no usable response
     */
    public CallerIdentity current() {
        String arn = new AwsCalls(interceptor)
                .make(AwsAction.GET_CALLER_IDENTITY, "", sts::getCallerIdentity)
                .arn();
        try {
            return CallerIdentity.of(part(arn, AwsAction.GET_CALLER_IDENTITY));
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(AwsAction.GET_CALLER_IDENTITY);
        }
    }
}
