package dev.irsa.fake;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

/** All cases of the contract, for one IAM. */
abstract class WholeContract {
    /** That IAM. */
    abstract IamClient iam();

    /** Where it is known to differ. */
    Set<Difference> differences() {
        return EnumSet.noneOf(Difference.class);
    }

    static IamClient at(URI endpoint) {
        return IamClient.builder()
                .endpointOverride(endpoint)
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
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
            return WholeContract.this.iam();
        }

        @Override
        public Set<Difference> differences() {
            return WholeContract.this.differences();
        }
    }
}
