package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.Gate;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Who the operator is to AWS, and what EKS knows of its cluster. */
public final class AccountDiscovery {
    private final StsClient sts;
    private final Supplier<EksClient> clients;
    private final AwsCalls calls;

    /** Answers through these clients, each call through this gate; of EKS there is none until it is asked. */
    public AccountDiscovery(StsClient sts, Supplier<EksClient> eks, Gate gate) {
        this.sts = sts;
        this.clients = eks;
        this.calls = new AwsCalls(gate);
    }

    /**
     * The account that the operator's credentials belong to.
     *
     * @throws FailureException when there are none, or AWS does not answer
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
     * The OIDC issuer of an EKS cluster, a URL; empty when EKS knows no such cluster or we may not ask.
     *
     * @throws FailureException when AWS does not answer
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
            if (e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.AccessDenied) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
