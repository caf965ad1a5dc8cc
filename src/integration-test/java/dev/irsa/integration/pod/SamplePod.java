package dev.irsa.integration.pod;

import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Runs in the sample's container in place of the AWS CLI. The program leaves region, endpoint and credentials to the
 * AWS SDK. It prints its caller identity and an object of S3.
 */
public final class SamplePod {
    private SamplePod() {}

    /** Runs {@code s3 cp URI -}. */
    public static void main(String[] arguments) throws IOException {
        try (SdkHttpClient http = UrlConnectionHttpClient.create();
                StsClient sts = StsClient.builder().httpClient(http).build()) {
            System.out.println(sts.getCallerIdentity().arn());
            System.out.println(object(http, URI.create(arguments[2])));
        }
    }

    /** Reads an object with one signed request, because the operator has no dependency on the S3 client. */
    private static String object(SdkHttpClient http, URI object) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(System.getenv("AWS_ENDPOINT_URL")).resolve("/" + object.getHost() + object.getPath()))
                .build();
        try (DefaultCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build()) {
            SdkHttpRequest signed = AwsV4HttpSigner.create()
                    .sign(sign -> sign.identity(credentials.resolveCredentials())
                            .request(request)
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, System.getenv("AWS_REGION")))
                    .request();
            var response = http.prepareRequest(
                            HttpExecuteRequest.builder().request(signed).build())
                    .call();
            if (!response.httpResponse().isSuccessful()) {
                throw new IOException("S3 answered " + response.httpResponse().statusCode());
            }
            return IoUtils.toUtf8String(response.responseBody().orElseThrow());
        }
    }
}
