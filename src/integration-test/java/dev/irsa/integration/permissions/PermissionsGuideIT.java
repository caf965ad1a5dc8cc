package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.integration.docs.GuideRun;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/permissions.md that need no AWS. */
@ExtendWith(SharedMachine.class)
class PermissionsGuideIT {
    private static final Path EXAMPLES = Path.of("deploy", "iam");

    @Test
    void permissionsGuideWorks(ControlPlane controlPlane, Kubectl kubectl, @TempDir Path folder) throws Exception {
        Shell shell = Shell.in(folder, controlPlane.kubeconfig()).withPlugin();
        GuideRun.of(PermissionsGuideIT.class, shell, guide -> {
            guide.run("irsa-operator policy --cluster-name production --account 111122223333");
            assertThat(folder.resolve("policy.json")).hasSameTextualContentAs(EXAMPLES.resolve("policy.json"));

            guide.run("irsa-operator policy --pod-identity");
            assertThat(folder.resolve("policy-pod-identity.json")).content().contains("PassRolesToPodsOnly");

            for (Path example : examples()) {
                Files.delete(folder.resolve(example));
            }
            guide.run("irsa-operator policy \\\n  --cluster-name=production");
            assertThat(examples())
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(folder.resolve(example)).hasSameTextualContentAs(example));

            guide.run("kubectl irsa publish-issuer");
            assertThat(decisions(Files.readString(folder.resolve("publisher-policy.json"))))
                    .isEqualTo(Map.of(
                            "publish",
                            "Allowed",
                            "read",
                            "Allowed",
                            "other object",
                            "ImplicitlyDenied",
                            "delete",
                            "ImplicitlyDenied"));

            kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
            guide.run("kubectl annotate serviceaccount irsa-operator");
            kubectl.run("apply", "-f", "deploy/rbac.yaml").orThrow();
            assertThat(kubectl.get("-n=irsa-operator", "get", "serviceaccount", "irsa-operator", "-o=yaml"))
                    .contains("eks.amazonaws.com/role-arn: ROLE_ARN");
            kubectl.run(
                            "-n=irsa-operator",
                            "annotate",
                            "serviceaccount",
                            "irsa-operator",
                            "eks.amazonaws.com/role-arn-")
                    .orThrow();
        });
    }

    private static Map<String, String> decisions(String policy) {
        String bucket = "arn:aws:s3:::example-oidc/";
        return new PolicyEvaluator(Map.of("publisher", PolicyDocument.parse(policy)))
                .decisions(List.of(
                        Attempt.of("publish", "publisher", "s3:PutObject", bucket + "openid/v1/jwks"),
                        Attempt.of("read", "publisher", "s3:GetObject", bucket + ".well-known/openid-configuration"),
                        Attempt.of("other object", "publisher", "s3:PutObject", bucket + "other"),
                        Attempt.of("delete", "publisher", "s3:DeleteObject", bucket + "openid/v1/jwks")));
    }

    private static List<Path> examples() throws Exception {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.toList();
        }
    }
}
