package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.Issuer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerSourceTest {
    private static final String URL = "https://oidc.example.com/id/1";
    private static final Optional<String> GIVEN = Optional.of(URL);

    @Test
    void prefersDiscoveryDocumentOfApiServer() {
        assertThat(IssuerSource.of(Optional.empty(), _ -> false, GIVEN))
                .isEqualTo(new IssuerSource.Known(new Issuer(URL)));
        assertThat(IssuerSource.of(GIVEN, _ -> false, GIVEN)).isEqualTo(new IssuerSource.Known(new Issuer(URL)));
    }

    @Test
    void usesFlagIfDocumentCannotBeRead() {
        assertThat(IssuerSource.of(GIVEN, _ -> false, Optional.empty()))
                .isEqualTo(new IssuerSource.Known(new Issuer(URL)));
    }

    @Test
    void requiresFlagIfDocumentCannotBeRead() {
        assertThat(IssuerSource.of(Optional.empty(), _ -> false, Optional.empty()))
                .isInstanceOfSatisfying(
                        IssuerSource.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("set --oidc-issuer", "system:service-account-issuer-discovery"));
    }

    @Test
    void refusesDiscoveredIssuerWithPort() {
        assertThat(IssuerSource.of(
                        Optional.empty(), _ -> false, Optional.of("https://issuer.example.com:8443/clusters/1")))
                .isInstanceOfSatisfying(
                        IssuerSource.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("https://issuer.example.com:8443/clusters/1", "it has a port")
                                .contains("--service-account-issuer"));
    }

    @Test
    void usesFlagWhileApiServerAnnouncesPreviousIssuer() {
        Optional<String> previous = Optional.of("https://oidc.example.com/id/0");

        assertThat(IssuerSource.of(GIVEN, "https://oidc.example.com/id/0"::equals, previous))
                .isEqualTo(new IssuerSource.Known(new Issuer(URL)));
        assertThat(IssuerSource.of(GIVEN, "https://oidc.example.com/id/2"::equals, previous))
                .isInstanceOf(IssuerSource.Refused.class);
    }

    @Test
    void rejectsFlagThatContradictsDiscoveryDocument() {
        assertThat(IssuerSource.of(Optional.of(URL + "/"), _ -> false, GIVEN))
                .isEqualTo(new IssuerSource.Refused("--oidc-issuer=" + URL + "/ is not the issuer of this cluster's"
                        + " tokens; its API server reports " + URL + "; remove the flag"));
    }

    @Test
    void rejectsIssuerUnreachableByAws() {
        assertThat(IssuerSource.of(Optional.empty(), _ -> false, Optional.of("https://kubernetes.default.svc")))
                .isInstanceOfSatisfying(
                        IssuerSource.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("https://kubernetes.default.svc")
                                .contains("AWS cannot reach the host kubernetes.default.svc")
                                .contains("--service-account-issuer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/ABC",
                "https://kops-state.s3.us-east-1.amazonaws.com/prod.example.com/discovery/prod.example.com",
                "https://discovery.s3.amazonaws.com/minimal.example.com",
                "https://k3s.example.com",
                "https://issuer.example.com/clusters/1/"
            })
    void acceptsPublicIssuersUnchanged(String url) {
        var known = new IssuerSource.Known(new Issuer(url));

        assertThat(IssuerSource.of(Optional.empty(), _ -> false, Optional.of(url)))
                .isEqualTo(known);
        assertThat(IssuerSource.of(Optional.of(url), _ -> false, Optional.empty()))
                .isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kubernetes.default.svc.cluster.local",
                "https://api.internal.prod.example.internal",
                "https://10.43.0.1:443",
                "https://localhost:6443",
                "kubernetes/serviceaccount"
            })
    void rejectsInternalDefaultIssuers(String url) {
        assertThat(IssuerSource.of(Optional.empty(), _ -> false, Optional.of(url)))
                .isInstanceOf(IssuerSource.Refused.class);
    }
}
