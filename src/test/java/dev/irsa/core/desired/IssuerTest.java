package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE",
                "https://s3.amazonaws.com/bucket",
                "https://issuer.example.com:8443",
                "https://8.8.8.8/x",
                "https://172.15.0.1",
                "https://172.32.0.1",
                "https://192.169.0.1",
                "https://110.0.0.1",
                "https://Issuer.Example.COM"
            })
    void acceptsReachableIssuer(String url) {
        assertThat(Issuer.unreachable(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://a b                           | it is not a URL
            http://oidc.example.com               | it does not start with https://
            kubernetes/serviceaccount             | it does not start with https://
            https:///path                         | it must be https://host/path, without query or fragment
            https://oidc.example.com/?a=b         | it must be https://host/path, without query or fragment
            https://oidc.example.com/#a           | it must be https://host/path, without query or fragment
            https://kubernetes.default.svc        | AWS cannot reach the host kubernetes.default.svc
            https://kubernetes.default.SVC        | AWS cannot reach the host kubernetes.default.svc
            https://kubernetes.default.svc.cluster.local | AWS cannot reach the host kubernetes.default.svc.cluster.local
            https://api.prod.internal:6443        | AWS cannot reach the host api.prod.internal
            https://localhost                     | AWS cannot reach the host localhost
            https://127.0.0.1:6443                | AWS cannot reach the host 127.0.0.1
            https://10.0.0.1                      | AWS cannot reach the host 10.0.0.1
            https://172.16.0.1                    | AWS cannot reach the host 172.16.0.1
            https://172.29.0.1                    | AWS cannot reach the host 172.29.0.1
            https://172.31.255.1                  | AWS cannot reach the host 172.31.255.1
            https://192.168.1.1                   | AWS cannot reach the host 192.168.1.1
            https://169.254.169.254               | AWS cannot reach the host 169.254.169.254
            https://[::ffff:1.2.3.4]              | AWS cannot reach the host [::ffff:1.2.3.4]
            """)
    void reportsWhyIssuerIsUnreachable(String url, String why) {
        assertThat(Issuer.unreachable(url)).contains(why);
    }

    @Test
    void removesTheScheme() {
        assertThat(new Issuer("https://oidc.example.com/id/1").hostAndPath()).isEqualTo("oidc.example.com/id/1");
    }
}
