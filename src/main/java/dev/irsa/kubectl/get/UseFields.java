package dev.irsa.kubectl.get;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.observed.RoleUse.LastUse;
import dev.irsa.core.text.PlainText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a role was last used, in documents and tables. The names are part of the interface of the command.
 *
 * @param lastUsedAt null if IAM knows of no use
 * @param lastUsedRegion null if IAM does not name it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UseFields(@Nullable String lastUsedAt, @Nullable String lastUsedRegion, String roleCreatedAt) {
    /** The heading of the column. */
    static final String HEADING = "LAST USED";

    static UseFields of(RoleUse use) {
        Optional<LastUse> last = use.last();
        return new UseFields(
                last.map(known -> known.at().toString()).orElse(null),
                last.map(LastUse::region).filter(region -> !region.isEmpty()).orElse(null),
                use.createdAt().toString());
    }

    /** Returns the day of the last use and its region. */
    String cell() {
        if (lastUsedAt == null) {
            return "never";
        }
        String day = lastUsedAt.substring(0, lastUsedAt.indexOf('T'));
        return lastUsedRegion == null ? day : day + " (" + PlainText.of(lastUsedRegion) + ")";
    }
}
