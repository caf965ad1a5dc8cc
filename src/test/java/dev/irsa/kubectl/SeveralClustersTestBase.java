package dev.irsa.kubectl;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A user who has several clusters, with IAM in memory. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
abstract class SeveralClustersTestBase {
    @TempDir
    Path folder;

    SeveralClusters world;

    @BeforeEach
    void start() throws IOException {
        world = new SeveralClusters(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }
}
