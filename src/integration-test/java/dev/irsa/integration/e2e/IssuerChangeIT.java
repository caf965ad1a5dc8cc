package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ApiServer;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.permissions.RoleInIam;
import dev.irsa.integration.permissions.RoleInIam.Bearer;
import dev.irsa.integration.pod.AwsToken;
import dev.irsa.integration.pod.PublishedKeys;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the change of a cluster's issuer as the guide has it: at each step, the role admits the tokens that pods may have. */
class IssuerChangeIT extends EnvironmentTestBase {
    private static final String NEW = "https://new-oidc.s3.eu-west-1.amazonaws.com";
    private static final String SPEC = "{policies: {inline: [{name: all, document: {Version: '2012-10-17', Statement: ["
            + "{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}";

    @TempDir
    Path folder;

    @Test
    void admitsEachTokenAsLongAsPodsMayHaveIt() throws Exception {
        String old = env.controlPlane().issuer();
        AppliedResource resource = AppliedResource.resource(env, "invoices", SPEC);
        try (OperatorProcess _ = env.launch().startReady()) {
            resource.awaitReady();
        }
        Bearer before = bearer("old token", env.controlPlane().client(), resource.namespace());
        assertThat(before.issuer()).isEqualTo(old);
        OidcProvider.ensure(env.iam(), NEW);

        // The API server still announces the old issuer.
        OperatorLaunch prepared = env.launch().withArguments("--oidc-issuer", NEW, "--previous-issuer", old);
        try (OperatorProcess _ = prepared.startReady()) {
            resource.await("the role admits the new issuer")
                    .until(() -> trust(resource).contains("oidc-provider/new-oidc"));
        }
        String both = trust(resource);
        try (ApiServer swapped = env.controlPlane().startAnother(folder, NEW)) {
            Bearer after = bearer("new token", swapped.client(), resource.namespace());
            assertThat(after.issuer()).isEqualTo(NEW);
            assertThat(admitted(resource, before, after)).containsOnly(before.name(), after.name());

            // An operator that restarts meanwhile finds one issuer or the other.
            for (Path kubeconfig :
                    List.of(swapped.kubeconfig(), env.controlPlane().kubeconfig())) {
                try (OperatorProcess _ = prepared.withKubeconfig(kubeconfig).startReady()) {
                    resource.awaitReady();
                }
                assertThat(trust(resource)).isEqualTo(both);
            }

            try (OperatorProcess _ =
                    env.launch().withKubeconfig(swapped.kubeconfig()).startReady()) {
                resource.await("the role no longer admits the old issuer")
                        .until(() -> !trust(resource).contains(old.substring("https://".length())));
                resource.awaitReady();
            }
            assertThat(admitted(resource, before, after)).containsOnly(after.name());
        }
    }

    private static Set<String> admitted(AppliedResource resource, Bearer... bearers) {
        var role = resource.env().role(resource.role());
        return new RoleInIam(
                        "123456789012",
                        role.arn(),
                        VisibleState.decoded(role.assumeRolePolicyDocument()),
                        VisibleState.inline(resource.env(), resource.role(), "all"))
                .admitted(List.of(bearers));
    }

    private static String trust(AppliedResource resource) {
        return VisibleState.decoded(resource.env().role(resource.role()).assumeRolePolicyDocument());
    }

    private static Bearer bearer(String name, KubernetesClient client, String namespace) {
        String token = AwsToken.of(client, namespace, "invoices");
        JWTClaimsSet claims = PublishedKeys.of(client).verified(token).orElseThrow();
        return new Bearer(
                name,
                claims.getIssuer(),
                claims.getSubject(),
                claims.getAudience().getFirst());
    }
}
