package dev.irsa.fake;

import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;

/** How IAM keeps OIDC providers. */
interface ProviderContract extends IamContract {
    String URL = "https://oidc.example.com/id/1";

    @Test
    default void keepsWhatAProviderWasMadeWithAndNeedsNoThumbprint() {
        String arn =
                provider(URL, r -> r.clientIDList("sts.amazonaws.com", "vault").tags(tag("irsa.dev/cluster", "prod")));

        assertThat(arn).matches("arn:aws:iam::\\d{12}:oidc-provider/oidc.example.com/id/1");
        var found = iam().getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
        assertThat(found.url()).isEqualTo("oidc.example.com/id/1");
        assertThat(found.clientIDList()).containsExactly("sts.amazonaws.com", "vault");
        assertThat(found.tags()).containsExactly(tag("irsa.dev/cluster", "prod"));
        assertThat(arns()).containsExactly(arn);
    }

    @Test
    default void spellsAProviderAsItWasGiven() {
        assertThat(provider("https://OIDC.example.com:8443/Id/1/")).endsWith("/OIDC.example.com:8443/Id/1/");
    }

    @Test
    default void hasAnotherProviderForAnotherPathOrASlashMore() {
        provider(URL);
        provider(URL + "/");
        provider("https://oidc.example.com/ID/1");

        assertThat(arns()).hasSize(3);
    }

    @Test
    default void refusesASecondProviderForTheSameUrl() {
        provider(URL);

        assertRefused("EntityAlreadyExists", () -> provider(URL));
    }

    @Test
    default void refusesAProviderThatIsNotThere() {
        String arn = provider(URL);
        iam().deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));

        assertRefused("NoSuchEntity", () -> iam().getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)));
        assertThat(arns()).isEmpty();
        iam().deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    }

    @Test
    default void addsAnAudienceAndDoesNotMindOneThatIsThere() {
        String arn = provider(URL, r -> r.clientIDList("a"));
        if (differs(Difference.CANNOT_ADD_AN_AUDIENCE)) {
            var refusal = catchThrowableOfType(IamException.class, () -> add(arn, "b"));
            assertThat(refusal.statusCode()).isEqualTo(500);
            return;
        }
        add(arn, "b");
        add(arn, "a");

        assertThat(iam().getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn))
                        .clientIDList())
                .containsExactly("a", "b");
        assertRefused("NoSuchEntity", () -> add(arn + "x", "a"));
        IntStream.range(2, 100).forEach(i -> add(arn, "audience-" + i));
        assertRefused("LimitExceeded", () -> add(arn, "one-more"));
    }

    @Test
    default void refusesMoreAudiencesThanItCanHold() {
        List<String> many =
                IntStream.range(0, 101).mapToObj(i -> "audience-" + i).toList();
        assertRefused("LimitExceeded", () -> provider(URL, r -> r.clientIDList(many)));
        assertRefused("ValidationError", () -> provider(URL, r -> r.clientIDList("a".repeat(256))));
        provider(URL, r -> r.clientIDList(many.subList(0, 100)));
    }

    @Test
    default void refusesUrlsThatAreNone() {
        assertRefused("ValidationError", () -> provider("https://" + "a".repeat(248)));
        assertRefusedUrl("oidc.example.com");
        assertRefused("InvalidInput", Difference.ACCEPTS_ANY_PROVIDER_URL, () -> provider("http://oidc.example.com"));
        assertRefused("InvalidInput", Difference.ACCEPTS_ANY_PROVIDER_URL, () -> provider(URL + "?a=b"));
    }

    @Test
    default void refusesMoreProvidersThanTheAccountMayHave() {
        IntStream.range(0, 100).forEach(i -> provider(URL + i));

        assertRefused("LimitExceeded", Difference.HAS_NO_QUOTAS, () -> provider(URL));
    }

    /** Both refuse, and name it differently. */
    private void assertRefusedUrl(String url) {
        assertRefused(
                differs(Difference.CALLS_A_BAD_PROVIDER_URL_A_VALIDATION_ERROR) ? "ValidationError" : "InvalidInput",
                () -> provider(url));
    }

    private List<String> arns() {
        return iam().listOpenIDConnectProviders().openIDConnectProviderList().stream()
                .map(OpenIDConnectProviderListEntry::arn)
                .toList();
    }

    private void add(String arn, String audience) {
        iam().addClientIDToOpenIDConnectProvider(
                        r -> r.openIDConnectProviderArn(arn).clientID(audience));
    }

    private String provider(String url) {
        return provider(url, _ -> {});
    }

    private String provider(String url, Consumer<CreateOpenIdConnectProviderRequest.Builder> more) {
        return iam().createOpenIDConnectProvider(request -> {
                    request.url(url);
                    more.accept(request);
                })
                .openIDConnectProviderArn();
    }
}
