package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Emulator;
import dev.irsa.integration.pod.ContainerCredentialsConfig;
import dev.irsa.integration.pod.ContainerCredentialsConfig.Identity;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

/** A cluster that exists in EKS until it is closed, as a user of the EKS console sees it. */
record EksCluster(EksClient eks, Cluster described) implements AutoCloseable {
    static EksCluster create(Emulator aws, String name) {
        EksClient eks = EksClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(aws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("console", "console")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        return new EksCluster(
                eks,
                eks.createCluster(request -> request.name(name)
                                .roleArn("arn:aws:iam::123456789012:role/eks")
                                .resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1")))
                        .cluster());
    }

    /** Returns the Pod Identity association of a ServiceAccount. */
    Optional<PodIdentityAssociation> association(String namespace, String serviceAccount) {
        return associationId(namespace, serviceAccount)
                .map(id -> eks.describePodIdentityAssociation(
                                request -> request.clusterName(described.name()).associationId(id))
                        .association());
    }

    /** Returns the ID of the association with one call, so that the operator may change it meanwhile. */
    Optional<String> associationId(String namespace, String serviceAccount) {
        return eks
                .listPodIdentityAssociations(request -> request.clusterName(described.name())
                        .namespace(namespace)
                        .serviceAccount(serviceAccount))
                .associations()
                .stream()
                .map(PodIdentityAssociationSummary::associationId)
                .findFirst();
    }

    /** Returns the configuration that AWS gives the webhook for the associations of the cluster. */
    ContainerCredentialsConfig containerCredentials() {
        return new ContainerCredentialsConfig(
                eks
                        .listPodIdentityAssociations(request -> request.clusterName(described.name()))
                        .associations()
                        .stream()
                        .map(listed -> new Identity(listed.namespace(), listed.serviceAccount()))
                        .toList());
    }

    /** Creates an association without tags, and returns its ID. */
    String associate(String namespace, String serviceAccount, String roleArn) {
        return eks.createPodIdentityAssociation(request -> request.clusterName(described.name())
                        .namespace(namespace)
                        .serviceAccount(serviceAccount)
                        .roleArn(roleArn))
                .association()
                .associationId();
    }

    void deleteAssociation(String id) {
        eks.deletePodIdentityAssociation(
                request -> request.clusterName(described.name()).associationId(id));
    }

    @Override
    public void close() {
        eks.deleteCluster(request -> request.name(described.name()));
        eks.close();
    }
}
