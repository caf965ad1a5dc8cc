package dev.irsa.kubectl;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;

/** A user of the plugin, with a kubeconfig, AWS credentials, and what the last command printed. */
abstract class PluginUser implements AutoCloseable {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Path folder;
    private final Properties before = (Properties) System.getProperties().clone();

    /** @param folder for the files of the user */
    PluginUser(Path folder) {
        this.folder = folder;
    }

    abstract Path kubeconfig();

    /** Gives the user credentials and an AWS configuration. */
    void signIn(URI aws, String profiles) throws IOException {
        Map.of(
                        "aws.region", "eu-west-1",
                        "aws.accessKeyId", "AKIDEXAMPLE",
                        "aws.secretAccessKey", "secret",
                        "aws.sharedCredentialsFile",
                                folder.resolve("credentials").toString(),
                        "aws.endpointUrl", aws.toString())
                .forEach(System::setProperty);
        Files.writeString(folder.resolve("credentials"), "");
        configure(profiles);
    }

    /** Writes the AWS configuration of the user. */
    void configure(String profiles) throws IOException {
        System.setProperty(
                "aws.configFile",
                Files.writeString(folder.resolve("aws-config"), profiles).toString());
    }

    /** Runs a command, and forgets what an earlier one printed. */
    int run(Object command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig().toString()));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        System.setProperties(before);
    }
}
