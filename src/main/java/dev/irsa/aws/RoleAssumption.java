package dev.irsa.aws;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.permissions.AwsAction;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Calls AssumeRole, and accepts only credentials of the expected account. */
record RoleAssumption(StsClient sts, AwsCalls calls, AssumedRole.Target target) {
    /**
     * Starts a session.
     *
     * @throws FailureException if STS does not answer, refuses the role, or answers for another account
     */
    AwsCredentials credentials(Duration session) {
        AssumeRoleResponse response;
        try {
            response = calls.make(
                    AwsAction.ASSUME_ROLE,
                    target.roleARN(),
                    () -> sts.assumeRole(request -> request.roleArn(target.roleARN())
                            .externalId(target.externalId().orElse(null))
                            .roleSessionName(target.sessionName())
                            .durationSeconds((int) session.toSeconds())));
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.AccessDenied denied ? refused(denied, e) : e;
        }
        String account = account(response).id();
        if (!account.equals(target.account())) {
            throw new FailureException(Failure.of(
                    Reason.AccountMismatch,
                    "the credentials of " + target.roleARN() + " are of account " + account + " instead of "
                            + target.account()
                            + ", so the operator does not use them; correct spec.roleARN of the IamAccount,"
                            + " or the endpoint of STS"));
        }
        Credentials credentials = AwsCalls.part(response.credentials(), AwsAction.ASSUME_ROLE);
        return AwsSessionCredentials.create(
                AwsCalls.part(credentials.accessKeyId(), AwsAction.ASSUME_ROLE),
                AwsCalls.part(credentials.secretAccessKey(), AwsAction.ASSUME_ROLE),
                AwsCalls.part(credentials.sessionToken(), AwsAction.ASSUME_ROLE));
    }

    private static AwsAccount account(AssumeRoleResponse response) {
        try {
            return AwsAccount.ofCaller(AwsCalls.part(
                    AwsCalls.part(response.assumedRoleUser(), AwsAction.ASSUME_ROLE)
                            .arn(),
                    AwsAction.ASSUME_ROLE));
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(AwsAction.ASSUME_ROLE);
        }
    }

    /** STS does not say what is missing. */
    private FailureException refused(Failure.AccessDenied denied, FailureException cause) {
        return new FailureException(
                new Failure.Passing(
                        Reason.CredentialsUnavailable,
                        "STS refuses " + target.roleARN() + " (" + denied.detail()
                                + "); check whether it exists, and whether its trust policy admits the operator's role"
                                + target.externalId()
                                        .map(_ -> " with the external ID of the IamAccount")
                                        .orElse(" without an external ID")
                                + "; that policy and the operator's own must allow sts:AssumeRole (with EKS Pod Identity,"
                                + " sts:TagSession too), and no SCP or RCP may deny it"),
                cause);
    }
}
