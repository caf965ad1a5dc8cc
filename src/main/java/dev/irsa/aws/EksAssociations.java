package dev.irsa.aws;

import dev.irsa.aws.Paginator.Page;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.port.Associations;
import dev.irsa.port.CallInterceptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.EksResponse;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsRequest;
import software.amazon.awssdk.services.eks.model.UpdatePodIdentityAssociationRequest;

/**
 * Reads and changes the Pod Identity associations of one cluster through the EKS API.
 *
 * <p>The response to each change contains the association. Without it, the response is not one of EKS, but for
 * example of a proxy, and counts as a failure.
 */
public final class EksAssociations implements Associations {
    private static final Logger LOG = LoggerFactory.getLogger(EksAssociations.class);

    private static final AwsAction LIST = AwsAction.LIST_POD_IDENTITY_ASSOCIATIONS;
    private static final AwsAction DESCRIBE = AwsAction.DESCRIBE_POD_IDENTITY_ASSOCIATION;
    private static final AwsAction CREATE = AwsAction.CREATE_POD_IDENTITY_ASSOCIATION;
    private static final AwsAction UPDATE = AwsAction.UPDATE_POD_IDENTITY_ASSOCIATION;
    private static final AwsAction DELETE = AwsAction.DELETE_POD_IDENTITY_ASSOCIATION;

    /** The largest page that EKS allows. */
    private static final int PAGE_SIZE = 100;

    private final Supplier<EksClient> eks;
    private final String cluster;
    private final AwsCalls calls;
    private final SdkPlugin onceUnlessThrottled = new RetryOnlyWhenThrottled();

    /**
     * Each call passes the interceptor.
     *
     * @param eks returns the client; not called before the first call
     * @param cluster the name of the cluster in EKS
     */
    public EksAssociations(Supplier<EksClient> eks, String cluster, CallInterceptor interceptor) {
        this.eks = eks;
        this.cluster = cluster;
        this.calls = new AwsCalls(interceptor);
    }

    @Override
    public List<Listed> list() {
        return list(cluster, request -> {});
    }

    @Override
    public Optional<Listed> find(String namespace, String serviceAccount) {
        return list(
                        namespace + "/" + serviceAccount,
                        request -> request.namespace(namespace).serviceAccount(serviceAccount))
                .stream()
                .findFirst();
    }

    private List<Listed> list(String subject, Consumer<ListPodIdentityAssociationsRequest.Builder> filter) {
        var pages = calls.pages(
                LIST,
                subject,
                token -> eks.get()
                        .listPodIdentityAssociations(request -> request.clusterName(cluster)
                                .maxResults(PAGE_SIZE)
                                .nextToken(token)
                                .applyMutation(filter)),
                page -> Page.of(page.associations(), page.nextToken() != null, page.nextToken()));
        return Paginator.all(LIST, pages).stream()
                .map(EksConversions::listed)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<ObservedAssociation> describe(String id) {
        return calls.find(
                        DESCRIBE,
                        id,
                        () -> eks.get()
                                .describePodIdentityAssociation(
                                        request -> request.clusterName(cluster).associationId(id)))
                .map(response -> EksConversions.observed(response.association(), DESCRIBE));
    }

    @Override
    public ObservedAssociation create(CreatePodIdentityAssociation change) {
        // The SDK adds a client request token.
        var response = calls.make(
                CREATE,
                change.namespace() + "/" + change.serviceAccount(),
                () -> eks.get()
                        .createPodIdentityAssociation(request -> request.clusterName(cluster)
                                .namespace(change.namespace())
                                .serviceAccount(change.serviceAccount())
                                .roleArn(change.roleArn())
                                .tags(change.tags())
                                .overrideConfiguration(call -> call.addPlugin(onceUnlessThrottled))));
        ObservedAssociation created = EksConversions.observed(response.association(), CREATE);
        log(change, response);
        return created;
    }

    @Override
    public void update(UpdatePodIdentityAssociation change) {
        var response = calls.make(
                UPDATE,
                change.id(),
                () -> eks.get()
                        .updatePodIdentityAssociation(request -> request.clusterName(cluster)
                                .associationId(change.id())
                                .roleArn(change.roleArn())
                                .applyMutation(without(change.obsolete()))));
        EksConversions.check(response.association(), change.id(), UPDATE);
        log(change, response);
    }

    /**
     * Removes options from an association. An empty text removes a value, and a session policy needs disabled session tags.
     * Sources: the hook for TargetRoleARN of the ACK controller for EKS; UpdatePodIdentityAssociation of the EKS API reference.
     */
    private static Consumer<UpdatePodIdentityAssociationRequest.Builder> without(AssociationOptions obsolete) {
        return request -> {
            obsolete.targetRoleArn().ifPresent(_ -> request.targetRoleArn(""));
            obsolete.policy().ifPresent(_ -> request.policy(""));
            if (obsolete.sessionTagsDisabled()) {
                request.disableSessionTags(false);
            }
        };
    }

    @Override
    public void delete(DeletePodIdentityAssociation change) {
        var response = calls.make(
                DELETE,
                change.id(),
                () -> eks.get()
                        .deletePodIdentityAssociation(
                                request -> request.clusterName(cluster).associationId(change.id())));
        EksConversions.check(response.association(), change.id(), DELETE);
        log(change, response);
    }

    private static void log(AssociationChange change, EksResponse response) {
        LOG.info(
                "{} [request {}]",
                change.describe(),
                response.responseMetadata().requestId());
    }
}
