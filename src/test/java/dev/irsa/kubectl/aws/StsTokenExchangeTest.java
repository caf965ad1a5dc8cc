package dev.irsa.kubectl.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.aws.ScriptedHttp;
import dev.irsa.kubectl.diagnosis.Proof;
import dev.irsa.kubectl.port.WebIdentityToken;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

class StsTokenExchangeTest {
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    private static final String ROLE = "arn:aws:iam::111122223333:role/app";
    private static final String CREDENTIALS = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
            <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAHIDDEN</AccessKeyId>
            <SecretAccessKey>hidden-key</SecretAccessKey><SessionToken>hidden-session</SessionToken>
            <Expiration>2026-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>""";
    private static final String IDENTITY = """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:sts::111122223333:assumed-role/app/irsa-doctor-me</Arn></GetCallerIdentityResult>
            </GetCallerIdentityResponse>""";

    private final ScriptedHttp http = new ScriptedHttp();

    @Test
    void returnsIdentityAndNoCredentials() {
        http.then(200, CREDENTIALS).then(200, IDENTITY);

        Proof proof = exchange();

        assertThat(proof).isEqualTo(new Proof.Accepted("arn:aws:sts::111122223333:assumed-role/app/irsa-doctor-me"));
        assertThat(http.bodies().getFirst())
                .contains("Action=AssumeRoleWithWebIdentity", "RoleSessionName=irsa-doctor-me", JWT);
        assertThat(http.bodies().getLast()).contains("Action=GetCallerIdentity");
    }

    @Test
    void distinguishesTokenFromTrust() {
        http.then(400, error("InvalidIdentityToken", "No OpenIDConnect provider found in your account"))
                .then(403, error("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"));

        assertThat(exchange())
                .isEqualTo(new Proof.TokenRejected(
                        "InvalidIdentityToken: No OpenIDConnect provider found in your account"));
        assertThat(exchange())
                .isEqualTo(new Proof.Denied("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"));
    }

    @Test
    void provesNothingWithoutResponse() {
        http.thenBreak();

        assertThat(exchange()).isInstanceOf(Proof.Inconclusive.class);
    }

    @Test
    void neverRepeatsTheToken() {
        http.then(400, error("InvalidIdentityToken", "cannot parse " + JWT));

        assertThat(exchange().toString()).contains("cannot parse (token)").doesNotContain("eyJ");
        assertThat(new WebIdentityToken(JWT)).hasToString("WebIdentityToken");
    }

    @Test
    void neverShowsMessageThatMayQuoteTheRequest() {
        http.then(403, error("SignatureDoesNotMatch", "expected x-amz-security-token:hidden-session"));

        assertThat(exchange()).isEqualTo(new Proof.Inconclusive("AWS STS responded with SignatureDoesNotMatch"));
    }

    @Test
    void neverShowsCredentialsWhenTheirIdentityIsUnknown() {
        http.then(200, CREDENTIALS).then(500, "hidden-session");

        assertThat(exchange().toString()).doesNotContain("hidden").startsWith("Accepted");
    }

    private static String error(String code, String message) {
        return "<ErrorResponse><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error></ErrorResponse>";
    }

    private Proof exchange() {
        StsClient sts = StsClient.builder()
                .httpClient(http)
                .region(Region.EU_WEST_1)
                .credentialsProvider(() -> {
                    throw new AssertionError("the exchange needs no credentials of the user");
                })
                .build();
        return new StsTokenExchange(sts).exchange(new WebIdentityToken(JWT), ROLE, "irsa-doctor-me");
    }
}
