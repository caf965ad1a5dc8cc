package dev.irsa.fake;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;

/**
 * The OIDC providers of the account and IAM's rules for them: "CreateOpenIDConnectProvider" and
 * "AddClientIDToOpenIDConnectProvider" of the IAM API reference, "IAM and AWS STS quotas" of the IAM User Guide. Not safe
 * for threads: whoever uses it waits for its turn.
 */
final class Providers {
    private static final int PER_ACCOUNT = 100;
    private static final int AUDIENCES = 100;
    private static final int LENGTH = 255;
    private static final String SCHEME = "https://";

    private final Account account;
    private final InstantSource clock;
    private final Map<String, ProviderRecord> byArn = new TreeMap<>();

    Providers(Account account, InstantSource clock) {
        this.account = account;
        this.clock = clock;
    }

    List<ProviderRecord> all() {
        return List.copyOf(byArn.values());
    }

    ProviderRecord create(CreateOpenIdConnectProviderRequest request) {
        String name = name(request.url());
        List<String> audiences = request.clientIDList().stream().distinct().toList();
        audiences.forEach(Providers::checkAudience);
        checkCount(audiences.size());
        Map<String, String> tags = TagRules.accept(request.tags());
        String arn = account.oidcProviderArn(name);
        if (byArn.containsKey(arn)) {
            throw IamErrors.of("EntityAlreadyExists", 409, "Provider with url " + request.url() + " already exists.");
        }
        if (byArn.size() >= PER_ACCOUNT) {
            throw IamErrors.limitExceeded("Cannot exceed quota for OpenIdConnectProvidersPerAccount: " + PER_ACCOUNT);
        }
        return put(new ProviderRecord(name, arn, clock.instant().truncatedTo(ChronoUnit.SECONDS), audiences, tags));
    }

    GetOpenIdConnectProviderResponse get(@Nullable String arn) {
        ProviderRecord provider = existing(arn);
        return GetOpenIdConnectProviderResponse.builder()
                .url(provider.name())
                .clientIDList(provider.audiences())
                .createDate(provider.created())
                .tags(Answers.tags(provider.tags()))
                .build();
    }

    ListOpenIdConnectProvidersResponse list() {
        return ListOpenIdConnectProvidersResponse.builder()
                .openIDConnectProviderList(byArn.keySet().stream()
                        .map(arn -> OpenIDConnectProviderListEntry.builder()
                                .arn(arn)
                                .build())
                        .toList())
                .build();
    }

    void addAudience(@Nullable String arn, String audience) {
        checkAudience(audience);
        ProviderRecord more = existing(arn).withAudience(audience);
        checkCount(more.audiences().size());
        put(more);
    }

    /** One that is not there does not fail. */
    void delete(String arn) {
        byArn.remove(arn);
    }

    private ProviderRecord put(ProviderRecord provider) {
        byArn.put(provider.arn(), provider);
        return provider;
    }

    private ProviderRecord existing(@Nullable String arn) {
        return Optional.ofNullable(arn)
                .map(byArn::get)
                .orElseThrow(() -> IamErrors.noSuchEntity("OpenIDConnect Provider not found for arn " + arn));
    }

    private static String name(String url) {
        NameRules.required("url", url);
        NameRules.atMost("url", url, LENGTH);
        if (!url.startsWith(SCHEME) || url.length() == SCHEME.length()) {
            throw IamErrors.invalidInput("Invalid Open ID Connect Provider URL");
        }
        if (url.contains("?") || url.contains("#")) {
            throw IamErrors.invalidInput("The URL must not have query parameters");
        }
        return url.substring(SCHEME.length());
    }

    private static void checkAudience(String audience) {
        NameRules.required("clientID", audience);
        NameRules.atMost("clientID", audience, LENGTH);
    }

    private static void checkCount(int audiences) {
        if (audiences > AUDIENCES) {
            throw IamErrors.limitExceeded("Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: " + AUDIENCES);
        }
    }
}
