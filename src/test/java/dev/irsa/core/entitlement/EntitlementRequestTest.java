package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.entitlement.Platform;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntitlementRequestTest {
    @Test
    void requestsNothingByDefault() {
        EntitlementRequest request = Platform.request("{}");

        assertThat(request.permissions().managed()).isEmpty();
        assertThat(request.permissions().inline()).isEmpty();
        assertThat(request.permissions().boundary()).isEmpty();
        assertThat(request.tags().own()).isEmpty();
        assertThat(request.audience()).isEqualTo("sts.amazonaws.com");
        assertThat(request.role().name()).isEmpty();
        assertThat(request.role().path()).isEmpty();
    }

    @Test
    void requestsWhatSpecGrants() {
        EntitlementRequest request = Platform.request("""
                {policies: {managed: [A], inline: [{name: p, document:
                   {Version: '2012-10-17', Statement: {Effect: Deny, Action: '*', Resource: '*'}}}]},
                 role: {tags: {team: pay}, permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/b'},
                 token: {audience: vault}}
                """);

        assertThat(request.permissions().managed()).containsExactly("arn:aws:iam::aws:policy/A");
        assertThat(request.permissions().inline()).containsOnlyKeys("p");
        assertThat(request.permissions().inline().values()).first().asString().contains("\"2012-10-17\"");
        assertThat(request.tags().own()).isEqualTo(Map.of("team", "pay"));
        assertThat(request.permissions().boundary()).contains("arn:aws:iam::111122223333:policy/b");
        assertThat(request.audience()).isEqualTo("vault");
    }

    @Test
    void requestsNameOrPathOnlyIfItIsNotTheDefault() {
        assertThat(Platform.request("{role: {name: mine, path: /irsa/prod/pay/}}"))
                .extracting(EntitlementRequest::role)
                .isEqualTo(new EntitlementRequest.ChosenRole(
                        Optional.of("mine"), Optional.of("/irsa/prod/pay/"), Optional.empty()));
        assertThat(Platform.request("{role: {name: prod_payments_invoices, path: /irsa/prod/}}"))
                .isEqualTo(Platform.request("{}"));
    }
}
