package dev.irsa.kubectl.get;

import java.util.List;
import java.util.Map;

/**
 * An AWS account that could not be read. The names are part of the interface of the commands.
 *
 * @param reason why, and what to do
 */
public record NotRead(String accountID, String reason) {
    /** Returns the accounts with these reasons, by their ids. */
    public static List<NotRead> of(Map<String, String> reasons) {
        return reasons.entrySet().stream()
                .map(account -> new NotRead(account.getKey(), account.getValue()))
                .toList();
    }
}
