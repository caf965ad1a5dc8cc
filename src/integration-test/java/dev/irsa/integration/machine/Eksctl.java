package dev.irsa.integration.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The real eksctl, for a cluster that exists in ministack and whose control plane runs here.
 *
 * @param program the path of {@link Tool#EKSCTL}
 * @param environment all variables of the process
 */
public record Eksctl(Path program, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What eksctl asks for first. ministack does not answer it. */
    private static final String VERSIONS = """
            {"clusterVersions": [{"clusterVersion": "1.33", "clusterType": "eks", "defaultVersion": true,
              "status": "STANDARD_SUPPORT", "versionStatus": "STANDARD_SUPPORT"}]}""";

    /** The services whose address eksctl reads from a variable. */
    private static final List<String> SERVICES =
            List.of("STS", "CLOUDFORMATION", "IAM", "EKS", "EC2", "ELB", "ELBV2", "CLOUDTRAIL");

    public Eksctl {
        environment = Map.copyOf(environment);
    }

    /**
     * Returns eksctl with AWS at this proxy, which answers the calls that ministack does not have. The control plane must use an
     * {@link EksTokenWebhook}.
     *
     * @param home the home directory of the user
     */
    public static Eksctl of(Path program, FaultProxy aws, ControlPlane controlPlane, Path home) {
        aws.faults().on("eks:DescribeClusterVersions").answer("application/json", VERSIONS);
        aws.faults().on("eks:DescribeCluster").rewrite(describing(controlPlane));
        Map<String, String> variables = new TreeMap<>(Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", home.toString(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "eksctl",
                "AWS_SECRET_ACCESS_KEY", "eksctl",
                "AWS_EC2_METADATA_DISABLED", "true"));
        SERVICES.forEach(service ->
                variables.put("AWS_" + service + "_ENDPOINT", aws.uri().toString()));
        return new Eksctl(program, variables);
    }

    /** Describes the control plane in place of the one that ministack invents. */
    private static UnaryOperator<String> describing(ControlPlane controlPlane) {
        return body -> {
            try {
                ObjectNode answer = (ObjectNode) JSON.readTree(body);
                if (answer.get("cluster") instanceof ObjectNode cluster) {
                    cluster.put("endpoint", controlPlane.server().toString());
                    cluster.putObject("certificateAuthority").put("data", authority(controlPlane));
                    cluster.putObject("identity").putObject("oidc").put("issuer", controlPlane.issuer());
                }
                return JSON.writeValueAsString(answer);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException("not a description of a cluster: " + body, e);
            }
        };
    }

    private static String authority(ControlPlane controlPlane) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(controlPlane.authority()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the certificate authority", e);
        }
    }

    /** Returns the command line without arguments. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.add(program.toString());
        return words;
    }

    /** Runs a command to its end, with a file of configuration at standard input. */
    public Command.Result run(String stdin, String... arguments) {
        List<String> words = new ArrayList<>(words());
        words.addAll(List.of(arguments));
        return new Command(words, Map.of()).run(stdin);
    }
}
