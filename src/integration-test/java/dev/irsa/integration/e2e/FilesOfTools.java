package dev.irsa.integration.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of other tools for the roles of {@link ImportForm}. */
final class FilesOfTools {
    private FilesOfTools() {}

    /** The file of eksctl declares a role that exists, and one that does not. */
    static Path eksctl(Path folder, String namespace) throws IOException {
        return Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: eksctl.io/v1alpha5
                kind: ClusterConfig
                metadata: {name: prod, region: eu-west-1}
                iam:
                  serviceAccounts:
                  - metadata: {namespace: %1$s, name: cart}
                    attachPolicyARNs: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
                  - metadata: {namespace: %1$s, name: refunds}
                    attachPolicyARNs: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
                """.formatted(namespace));
    }

    /** The state has the roles of both versions of the module. */
    static Path terraformState(Path folder, String namespace) throws IOException {
        String roles = Stream.of(ImportForm.terraform5(), ImportForm.terraform6())
                .map(form -> """
                        {"module": "module.%s_irsa", "mode": "managed", "type": "aws_iam_role", "name": "this",
                          "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
                          "instances": [{"index_key": 0, "attributes": {"name": "%s", "path": "%s", "arn": "%s",
                            "assume_role_policy": %s}}]}""".formatted(
                        form.serviceAccount().replace('-', '_'),
                        form.role(),
                        form.path(),
                        form.arn(),
                        quoted(ImportForm.document(
                                form.trust(), "system:serviceaccount:" + namespace + ":" + form.serviceAccount()))))
                .collect(Collectors.joining(", "));
        return Files.writeString(folder.resolve("state.json"), "{\"version\": 4, \"resources\": [" + roles + "]}");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
