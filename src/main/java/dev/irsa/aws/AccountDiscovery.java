package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Finds the AWS account of the operator and the OIDC issuer of an EKS cluster. */
public final class AccountDiscovery {
    private final StsClient sts;
    private final Supplier<EksClient> clients;
    private final AwsCalls calls;

    /** Uses these clients; each call passes the interceptor. The EKS client is created only when it is needed. */
    public AccountDiscovery(StsClient sts, Supplier<EksClient> eks, CallInterceptor interceptor) {
        this.sts = sts;
        this.clients = eks;
        this.calls = new AwsCalls(interceptor);
    }

    /**
     * Returns the account that the operator's credentials belong to.
     *
     * @throws FailureException when there are no credentials, or AWS returns no usable response
     */
    public AwsAccount current() {
        String arn = calls.make(AwsAction.GET_CALLER_IDENTITY, "", sts::getCallerIdentity)
                .arn();
        try {
            return AwsAccount.ofCaller(part(arn, AwsAction.GET_CALLER_IDENTITY));
        } catch (IllegalArgumentException e) {
            throw AwsCalls.unreadable(AwsAction.GET_CALLER_IDENTITY);
        }
    }

    /**
     * Returns the OIDC issuer of an EKS cluster.
     *
     * @return a URL; empty when the cluster does not exist or the operator is not allowed to describe it
     * @throws FailureException when AWS returns no usable response
     */
    public Optional<String> issuer(String cluster) {
        try {
            var described = calls.make(AwsAction.DESCRIBE_CLUSTER, cluster, () -> {
                        try (EksClient eks = clients.get()) {
                            return eks.describeCluster(request -> request.name(cluster));
                        }
                    })
                    .cluster();
            var identity = part(part(described, AwsAction.DESCRIBE_CLUSTER).identity(), AwsAction.DESCRIBE_CLUSTER);
            return Optional.of(
                    part(part(identity.oidc(), AwsAction.DESCRIBE_CLUSTER).issuer(), AwsAction.DESCRIBE_CLUSTER));
        } catch (FailureException e) {
            if (e.failure() instanceof AwsFailure.NotFound || e.failure() instanceof Failure.AccessDenied) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
