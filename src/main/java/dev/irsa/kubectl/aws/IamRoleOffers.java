package dev.irsa.kubectl.aws;

import dev.irsa.aws.AwsCalls;
import dev.irsa.aws.IamTags;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;

/** Offers roles through the IAM API. It can set one tag and nothing else. */
public record IamRoleOffers(IamClient iam) {
    /**
     * Sets the tag that offers a role.
     *
     * @param to the value of the tag, which names the resource
     * @throws dev.irsa.core.failure.FailureException if IAM rejects the call or is unavailable
     */
    public void offer(String roleName, String to) {
        new AwsCalls(CallInterceptor.NONE)
                .make(
                        AwsAction.TAG_ROLE,
                        roleName,
                        () -> iam.tagRole(request ->
                                request.roleName(roleName).tags(IamTags.of(Map.of(OwnershipTags.ADOPTABLE_BY, to)))));
    }
}
