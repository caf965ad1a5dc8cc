package dev.irsa.fake;

import dev.irsa.machine.IamServer;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

/** On its way through HTTP the fake loses nothing of the contract. */
class InMemoryIamOverHttpTest {
    private final IamServer server = IamServer.before(new InMemoryIam(InstantSource.system()));
    private final IamClient iam = IamClient.builder()
            .endpointOverride(server.uri())
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    InMemoryIamOverHttpTest() throws IOException {}

    @AfterEach
    void stop() {
        iam.close();
        server.close();
    }

    @Nested
    class Roles extends Contract implements RoleContract {}

    @Nested
    class Policies extends Contract implements PolicyContract {}

    @Nested
    class Refusals extends Contract implements RefusalContract {}

    @Nested
    class OidcProviders extends Contract implements ProviderContract {}

    class Contract implements IamContract {
        @Override
        public IamClient iam() {
            return iam;
        }
    }
}
