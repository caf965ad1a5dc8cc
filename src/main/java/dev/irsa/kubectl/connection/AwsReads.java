package dev.irsa.kubectl.connection;

import dev.irsa.aws.AccountDiscovery;
import dev.irsa.aws.AwsClients;
import dev.irsa.aws.EksAssociations;
import dev.irsa.aws.IamManagedPolicies;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ManagedPolicyReads;
import dev.irsa.port.OidcProviderReads;
import dev.irsa.port.RoleReads;
import dev.irsa.runtime.AwsConnection;
import dev.irsa.runtime.NoCredentials;
import dev.irsa.runtime.StartFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the commands read from AWS with the credentials of their user. Every read throws {@link FailureException}, within
 * seconds, when AWS rejects the call or is unavailable.
 *
 * @param roles the roles of the user's account
 * @param associations the EKS Pod Identity associations of the cluster; empty if its name in EKS is not known
 * @param providers the OIDC providers of the user's account
 * @param policies the managed policies of the user's account and of AWS
 * @param caller returns the identity of the user, by one call to STS
 * @param clients what the reads use
 */
public record AwsReads(
        RoleReads roles,
        Optional<AssociationReads> associations,
        OidcProviderReads providers,
        ManagedPolicyReads policies,
        Supplier<CallerIdentity> caller,
        AwsClients clients)
        implements AutoCloseable {
    /**
     * Creates the clients, without a call to AWS.
     *
     * @param eks the cluster as the operator names it, used where the flags and the AWS configuration name none
     * @param profile whose credentials are used; empty: those of the environment
     * @throws StartFailure if no region is known, or the AWS configuration is not valid
     * @throws NoCredentials if the profile, or the environment, has no credentials
     */
    static AwsReads connect(AwsOptions options, Optional<EksContext> eks, Optional<String> profile)
            throws StartFailure, NoCredentials {
        AwsClients clients = profile.isPresent()
                ? AwsConnection.ofProfile(profile.get(), options.region(eks))
                : AwsConnection.ofUser(options.region(eks), options.own);
        return new AwsReads(
                new IamRoles(clients.iam(), CallInterceptor.NONE),
                associations(options, eks, clients),
                new IamOidcProviders(clients.iam(), CallInterceptor.NONE),
                new IamManagedPolicies(clients.iam(), CallInterceptor.NONE),
                new Caller(new AccountDiscovery(clients.sts(), CallInterceptor.NONE)::current),
                clients);
    }

    private static Optional<AssociationReads> associations(
            AwsOptions options, Optional<EksContext> eks, AwsClients clients) {
        Optional<AssociationReads> given = options.eksClusterName().map(name -> associations(name, clients));
        return given.or(() -> eks.map(cluster -> cluster.isCertain()
                ? associations(cluster.name(), clients)
                : new UncertainAssociations(associations(cluster.name(), clients))));
    }

    private static AssociationReads associations(String cluster, AwsClients clients) {
        return new EksAssociations(clients.eks(), cluster, CallInterceptor.NONE);
    }

    @Override
    public void close() {
        clients.close();
    }

    /**
     * The associations of a cluster whose issuer is not one of EKS. It has none, so a user needs no permission to read them, and it is
     * no error that EKS does not know the cluster.
     */
    record UncertainAssociations(AssociationReads eks) implements AssociationReads {
        @Override
        public List<Listed> list() {
            return read(eks::list, List.of());
        }

        @Override
        public Optional<Listed> find(String namespace, String serviceAccount) {
            return read(() -> eks.find(namespace, serviceAccount), Optional.empty());
        }

        @Override
        public Optional<ObservedAssociation> describe(String id) {
            return read(() -> eks.describe(id), Optional.empty());
        }

        private static <T> T read(Supplier<T> read, T none) {
            try {
                return read.get();
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.PodIdentityUnavailable
                        || e.failure() instanceof Failure.AccessDenied) {
                    return none;
                }
                throw e;
            }
        }
    }
}
