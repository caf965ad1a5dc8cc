package dev.irsa.cli;

import dev.irsa.config.GivenFlags;
import dev.irsa.config.PublishIssuerConfig;
import dev.irsa.core.permissions.PrettyJson;
import dev.irsa.core.text.PlainText;
import dev.irsa.issuer.IssuerProgram;
import java.io.Console;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Implements {@code irsa-operator publish-issuer}, which publishes the keys of the cluster until a signal stops it. */
@Command(
        name = "publish-issuer",
        description =
                "Publishes the keys of the cluster's ServiceAccount tokens in a bucket, for a cluster that is not EKS. Whoever"
                        + " can write there can use every role that trusts the issuer.",
        mixinStandardHelpOptions = true)
public final class PublishIssuerCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "${env:IRSA_ISSUER_BUCKET:-}",
            paramLabel = "s3://BUCKET/PREFIX",
            description = "Where the documents are written. IRSA_ISSUER_BUCKET")
    private String location = "";

    @Mixin
    private GivenFlags flags = PublishIssuerConfig.flags();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new CommandErrors(command)
                .runOrReport(unknown, () -> PublishIssuerConfig.of(location, flags, terminal), config -> {
                    if (config.printsPolicy()) {
                        command.commandLine()
                                .getOut()
                                .println(PlainText.lines(PrettyJson.of(IssuerProgram.policy(config))));
                        command.commandLine().getOut().flush();
                        return 0;
                    }
                    System.setProperty(
                            LogSetup.FORMAT, config.process().logFormat().name());
                    IssuerProgram.run(config, InstantSource.system());
                    return 0;
                });
    }
}
