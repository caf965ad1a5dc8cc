package dev.irsa.fake;

import dev.irsa.machine.IamServer;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.iam.IamClient;

/** On its way through HTTP the fake loses nothing of the contract. */
class InMemoryIamOverHttpTest extends WholeContract {
    private final IamServer server = IamServer.before(new InMemoryIam(InstantSource.system()));
    private final IamClient iam = at(server.uri());

    InMemoryIamOverHttpTest() throws IOException {}

    @Override
    IamClient iam() {
        return iam;
    }

    @AfterEach
    void stop() {
        iam.close();
        server.close();
    }
}
