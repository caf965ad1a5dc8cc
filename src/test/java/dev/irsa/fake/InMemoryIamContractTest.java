package dev.irsa.fake;

import java.time.InstantSource;
import software.amazon.awssdk.services.iam.IamClient;

/** The fake keeps to the contract without a difference. */
class InMemoryIamContractTest extends WholeContract {
    private final InMemoryIam iam = new InMemoryIam(InstantSource.system());

    @Override
    IamClient iam() {
        return iam;
    }
}
