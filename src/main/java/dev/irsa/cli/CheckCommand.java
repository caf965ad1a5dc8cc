package dev.irsa.cli;

import dev.irsa.cli.check.CheckFailed;
import dev.irsa.cli.check.CheckResource;
import dev.irsa.cli.check.CheckTimeouts;
import dev.irsa.cli.check.InstallationCheck;
import dev.irsa.config.CheckConfig;
import dev.irsa.config.GivenFlags;
import dev.irsa.core.text.PlainText;
import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Implements {@code irsa-operator check}, which verifies that the operator of a cluster works. */
@Command(
        name = "check",
        description = "Verifies that the operator in a cluster works. The command creates an IamServiceAccount without"
                + " policies, waits until it is Ready, and deletes it. It needs no AWS permissions. In the cluster, it"
                + " needs permission to get, create and delete iamserviceaccounts in one namespace.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    private GivenFlags flags = CheckConfig.flags();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CompletableFuture<Boolean> finished = new CompletableFuture<>();
        Thread hook = new Thread(() -> awaitCleanup(stopped, finished), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return call(stopped);
        } finally {
            finished.complete(true);
        }
    }

    /** Delays the exit of the JVM until the check has deleted its resource and reported the result. */
    private static void awaitCleanup(CountDownLatch stopped, CompletableFuture<Boolean> finished) {
        stopped.countDown();
        finished.join();
    }

    private int call(CountDownLatch stopped) throws InterruptedException {
        CommandErrors errors = new CommandErrors(command);
        return errors.runOrReport(unknown, () -> CheckConfig.of(flags), config -> {
            try {
                check(config, stopped);
                return 0;
            } catch (CheckFailed e) {
                errors.report(e.problems());
                return StartFailure.ENVIRONMENT;
            }
        });
    }

    private void check(CheckConfig config, CountDownLatch stopped)
            throws StartFailure, CheckFailed, InterruptedException {
        try (KubernetesClient client = KubernetesClients.failFast(Kubeconfig.read(), config.timeout())) {
            String namespace = config.namespace()
                    .or(() -> Optional.ofNullable(client.getNamespace()))
                    .orElse("default");
            new InstallationCheck(
                            new CheckResource(
                                    client,
                                    namespace,
                                    config.name(),
                                    UUID.randomUUID().toString()),
                            new CheckTimeouts(InstantSource.system(), config.timeout(), PAUSE, stopped),
                            this::print)
                    .run();
            print("The operator works.");
        }
    }

    private void print(String line) {
        PrintWriter out = command.commandLine().getOut();
        out.println(PlainText.line(line));
        out.flush();
    }
}
