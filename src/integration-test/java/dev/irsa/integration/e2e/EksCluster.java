package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Moto;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;

/** A cluster that exists in EKS until it is closed. */
record EksCluster(EksClient eks, Cluster described) implements AutoCloseable {
    static EksCluster create(Moto moto, String name) {
        EksClient eks = EksClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(moto.endpoint())
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

    @Override
    public void close() {
        eks.deleteCluster(request -> request.name(described.name()));
        eks.close();
    }
}
