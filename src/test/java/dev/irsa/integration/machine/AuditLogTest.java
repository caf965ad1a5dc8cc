package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final String STATUS = """
            {"stage":"ResponseComplete","verb":"patch","requestURI":"/apis/irsa.dev/v1beta1/namespaces/a/iamserviceaccounts/b/status",\
            "objectRef":{"resource":"iamserviceaccounts","subresource":"status","name":"b"}}
            """;
    private static final String WATCH_BEGINS = """
            {"stage":"ResponseStarted","verb":"watch","requestURI":"/api/v1/serviceaccounts","objectRef":{"resource":"serviceaccounts"}}
            """;
    private static final String WATCH_ENDS = WATCH_BEGINS.replace("ResponseStarted", "ResponseComplete");
    private static final String DISCOVERY = """
            {"stage":"ResponseComplete","verb":"get","requestURI":"/.well-known/openid-configuration?timeout=1s"}
            """;

    @TempDir
    Path folder;

    @Test
    void countsByVerbAndResourceAndEachWatchOnce() {
        assertThat(AuditLog.count(STATUS + STATUS + WATCH_BEGINS + DISCOVERY + WATCH_ENDS))
                .isEqualTo(Map.of(
                        "patch iamserviceaccounts/status", 2L,
                        "watch serviceaccounts", 1L,
                        "get /.well-known/openid-configuration", 1L));
    }

    @Test
    void continuesAfterTheLastCompleteLine() throws Exception {
        var file = folder.resolve("audit.log");
        var log = new AuditLog(folder.resolve("policy.yaml"), file);
        assertThat(log.countSinceLast()).as("no request yet").isEmpty();

        Files.writeString(file, STATUS + STATUS + DISCOVERY.substring(0, 20));
        assertThat(log.countSinceLast()).isEqualTo(Map.of("patch iamserviceaccounts/status", 2L));
        Files.writeString(file, DISCOVERY.substring(20) + STATUS, StandardOpenOption.APPEND);

        assertThat(log.countSinceLast())
                .isEqualTo(Map.of("get /.well-known/openid-configuration", 1L, "patch iamserviceaccounts/status", 1L));
        assertThat(log.countSinceLast()).isEmpty();
    }
}
