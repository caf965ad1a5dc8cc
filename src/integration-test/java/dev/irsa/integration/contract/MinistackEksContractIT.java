package dev.irsa.integration.contract;

import dev.irsa.fixtures.eks.EksContract;
import dev.irsa.fixtures.eks.EksDifference;
import dev.irsa.integration.machine.Ministack;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

/** ministack keeps to the contract about associations, but for its known differences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinistackEksContractIT extends EksContract {
    private static final String CLUSTER = "prod";

    private final Ministack server = Ministack.start();
    private final EksClient eks = EksClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @BeforeAll
    void createCluster() {
        eks.createCluster(request -> request.name(CLUSTER)
                .roleArn("arn:aws:iam::123456789012:role/eks")
                .resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1")));
    }

    @Override
    protected EksClient eks() {
        return eks;
    }

    @Override
    protected String cluster() {
        return CLUSTER;
    }

    @Override
    protected Set<EksDifference> differences() {
        return EnumSet.allOf(EksDifference.class);
    }

    @AfterEach
    void deleteAssociations() {
        eks.listPodIdentityAssociations(request -> request.clusterName(CLUSTER))
                .associations()
                .forEach(association -> eks.deletePodIdentityAssociation(
                        request -> request.clusterName(CLUSTER).associationId(association.associationId())));
    }

    @AfterAll
    void stop() {
        eks.close();
        server.close();
    }
}
