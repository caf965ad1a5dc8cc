package dev.irsa.kubectl.get;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.kubectl.get.RemainingRoles.Listed;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemainingRolesTableTest {
    @Test
    void marksWhatIsNotKnownAndCleansTags() {
        Listed role = new Listed("", new AccountKey("shop", "x\u001b[2J"), "prod_shop_x", "arn", Optional.empty());
        RemainingRoles roles = RemainingRoles.retained(List.of(role), Optional.empty(), List.of());

        assertThat(RemainingRolesTable.format(roles, true, Terminal.NONE)).isEqualTo("""
                NAMESPACE   NAME    RESOURCE   LAST USED   ROLE
                shop        x [2J   ?          ?           prod_shop_x
                """);
    }
}
