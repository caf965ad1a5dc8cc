package dev.irsa.mock;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The mock keeps to what a real API server answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MockApiServerContractTest
        implements ApplyContract, PatchContract, StatusContract, DeletionContract, WatchContract {
    private final MockApiServer server = MockApiServer.start();
    private Scene scene = new Scene(server.client(), "default");

    @BeforeEach
    void newScene() {
        scene = Scene.on(server.client());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    public Scene scene() {
        return scene;
    }
}
