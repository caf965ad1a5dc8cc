package dev.irsa.permissions;

import dev.irsa.OperatorMain;
import dev.irsa.bench.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The examples of {@code deploy/iam}, written by the command, and what {@code docs/permissions.md} lists. */
public final class IamFiles {
    private static final Path FOLDER = Path.of("deploy", "iam");
    private static final Path PAGE = Path.of("docs", "permissions.md");

    private static final List<String> COMMON = List.of("--cluster-name=production", "--account=111122223333");
    private static final String BOUNDARY = "--boundary-arn=arn:aws:iam::111122223333:policy/workloads";
    private static final String REGION = "--region=eu-west-1";
    private static final String ISSUER =
            "--oidc-issuer=https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

    private static final Map<String, List<String>> FLAGS = new TreeMap<>(Map.of(
            "policy.json", List.of(BOUNDARY),
            "trust-irsa.json", List.of("--print=trust", ISSUER),
            "trust-pod-identity.json", List.of("--print=trust", "--trust=pod-identity", REGION),
            "cloudformation.yaml", List.of("--format=cloudformation", BOUNDARY, REGION, ISSUER),
            "main.tf", List.of("--format=terraform", BOUNDARY, REGION, ISSUER)));

    private IamFiles() {}

    /** Writes them. */
    public static void main(String[] args) throws IOException {
        Files.createDirectories(FOLDER);
        for (var file : contents().entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    /** Their contents as they should be. */
    static Map<Path, String> contents() {
        Map<Path, String> contents = new TreeMap<>();
        FLAGS.forEach((name, flags) -> contents.put(FOLDER.resolve(name), output(flags)));
        try {
            contents.put(PAGE, page(Files.readString(PAGE)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PAGE, e);
        }
        return contents;
    }

    private static String page(String page) {
        String examples = FLAGS.entrySet().stream()
                .map(file -> "irsa-operator policy \\\n  " + String.join(" \\\n  ", arguments(file.getValue()))
                        + " > deploy/iam/" + file.getKey())
                .collect(Collectors.joining("\n", "<!-- run by: PermissionsGuideIT -->\n```sh\n", "\n```"));
        String actions = Arrays.stream(AwsAction.values())
                .map(action -> row("`" + action.id() + "`", action.why()))
                .collect(Collectors.joining("", header("action", "why"), ""));
        String undeniable = Undeniable.all().stream()
                .map(can -> row(can.attempt().name(), can.why()))
                .collect(Collectors.joining(
                        "", header("whoever takes the operator over", "why, and what limits it"), ""));
        return ReportFile.replaced(
                ReportFile.replaced(ReportFile.replaced(page, "examples", examples), "actions", actions),
                "undeniable",
                undeniable);
    }

    private static String header(String left, String right) {
        return row(left, right) + row("---", "---");
    }

    private static String row(String left, String right) {
        return "| " + left + " | " + right + " |\n";
    }

    private static List<String> arguments(List<String> flags) {
        List<String> arguments = new ArrayList<>(COMMON);
        arguments.addAll(flags);
        return arguments;
    }

    private static String output(List<String> flags) {
        List<String> arguments = new ArrayList<>(List.of("policy"));
        arguments.addAll(arguments(flags));
        StringWriter output = new StringWriter();
        StringWriter complaints = new StringWriter();
        int code = new CommandLine(OperatorMain.class)
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(complaints))
                .execute(arguments.toArray(String[]::new));
        if (code != 0 || !complaints.toString().isEmpty()) {
            throw new IllegalStateException(arguments + " ended with " + code + ": " + complaints);
        }
        return output.toString();
    }
}
