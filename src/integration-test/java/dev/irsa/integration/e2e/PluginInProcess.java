package dev.irsa.integration.e2e;

import dev.irsa.OperatorMain;
import dev.irsa.integration.machine.Command;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * {@code kubectl irsa} in this JVM, for tests that run many commands.
 *
 * @param aws endpoint of the account
 * @param namespace for {@code --namespace}
 * @param keys the system properties with the AWS credentials
 */
record PluginInProcess(URI aws, String namespace, Map<String, String> keys) {
    PluginInProcess {
        keys = Map.copyOf(keys);
    }

    /** Uses the keys of a user with full permissions. */
    PluginInProcess(URI aws, String namespace) {
        this(aws, namespace, Map.of("aws.accessKeyId", "user", "aws.secretAccessKey", "user"));
    }

    /** Runs a command as this user. */
    Command.Result run(Path kubeconfig, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--kubeconfig=" + kubeconfig, "--namespace=" + namespace));
        Properties before = (Properties) System.getProperties().clone();
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.endpointUrl", aws.toString());
        keys.forEach(System::setProperty);
        try {
            int code = OperatorMain.commandLine(Optional.of("kubectl irsa"))
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(all.toArray(String[]::new));
            return new Command.Result(all, code, out.toString(), err.toString());
        } finally {
            System.setProperties(before);
        }
    }
}
