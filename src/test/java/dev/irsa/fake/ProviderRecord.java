package dev.irsa.fake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An OIDC provider as the account holds it.
 *
 * @param name host and path, as they were given
 * @param audiences the client ids
 */
public record ProviderRecord(
        String name, String arn, Instant created, List<String> audiences, Map<String, String> tags) {
    public ProviderRecord {
        audiences = List.copyOf(audiences);
        tags = Map.copyOf(tags);
    }

    ProviderRecord withAudience(String audience) {
        return audiences.contains(audience)
                ? this
                : new ProviderRecord(
                        name,
                        arn,
                        created,
                        Stream.concat(audiences.stream(), Stream.of(audience)).toList(),
                        tags);
    }
}
