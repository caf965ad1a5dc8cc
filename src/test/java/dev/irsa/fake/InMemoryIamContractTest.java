package dev.irsa.fake;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.iam.IamClient;

/** The fake keeps to the contract without a difference. */
class InMemoryIamContractTest {
    private final InMemoryIam iam = new InMemoryIam(InstantSource.system());

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
