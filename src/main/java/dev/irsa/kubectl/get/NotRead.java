package dev.irsa.kubectl.get;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An AWS account, or a cluster, that could not be read. The names are part of the interface of the commands.
 *
 * @param cluster the context of the cluster; null if the user asks about one cluster only
 * @param accountID empty if it is not about an account
 * @param reason why, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotRead(@Nullable String cluster, String accountID, String reason) {
    public NotRead {
        Objects.requireNonNull(accountID);
        Objects.requireNonNull(reason);
    }

    /** Something that could not be read of the only cluster. */
    public static NotRead of(String accountID, String reason) {
        return new NotRead(null, accountID, reason);
    }

    /** Returns the accounts with these reasons, by their ids. */
    public static List<NotRead> of(Map<String, String> reasons) {
        return reasons.entrySet().stream()
                .map(account -> of(account.getKey(), account.getValue()))
                .toList();
    }

    /** Returns the same of a cluster; an empty name is that of the only one. */
    public NotRead in(String context) {
        return context.isEmpty() ? this : new NotRead(context, accountID, reason);
    }

    /** Returns the reason, with the cluster if there are several. */
    public String sentence() {
        return cluster == null ? reason : cluster + ": " + reason;
    }
}
