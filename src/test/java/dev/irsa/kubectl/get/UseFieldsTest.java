package dev.irsa.kubectl.get;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.observed.RoleUse.LastUse;
import dev.irsa.kubectl.output.OutputFormat;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UseFieldsTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private static UseFields used(String region) {
        Instant at = Instant.parse("2026-07-02T23:59:59Z");
        return UseFields.of(new RoleUse(CREATED, Optional.of(new LastUse(at, region))));
    }

    @Test
    void showsDayAndRegion() {
        assertThat(used("eu-west-1").cell()).isEqualTo("2026-07-02 (eu-west-1)");
        assertThat(used("").cell()).isEqualTo("2026-07-02");
        assertThat(UseFields.of(new RoleUse(CREATED, Optional.empty())).cell()).isEqualTo("never");
    }

    @Test
    void cleansTheRegion() {
        assertThat(used("eu\u001b[2J\n").cell()).isEqualTo("2026-07-02 (eu [2J)");
    }

    @Test
    void leavesOutOfTheDocumentWhatIamDoesNotName() {
        assertThat(OutputFormat.json.serialize(used("")))
                .isEqualTo("{\"lastUsedAt\":\"2026-07-02T23:59:59Z\",\"roleCreatedAt\":\"2026-01-01T00:00:00Z\"}\n");
    }
}
