package dev.irsa.integration.pod;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Runs in the sample's container in place of the AWS CLI. The program leaves region, endpoint and credentials to the
 * AWS SDK. It prints its caller identity and the ARN of the cluster.
 */
public final class SamplePod {
    private SamplePod() {}

    /** Describes the cluster in the first argument. */
    public static void main(String[] arguments) {
        var http = UrlConnectionHttpClient.builder();
        try (StsClient sts = StsClient.builder().httpClientBuilder(http).build();
                EksClient eks = EksClient.builder().httpClientBuilder(http).build()) {
            System.out.println(sts.getCallerIdentity().arn());
            System.out.println(eks.describeCluster(request -> request.name(arguments[0]))
                    .cluster()
                    .arn());
        }
    }
}
