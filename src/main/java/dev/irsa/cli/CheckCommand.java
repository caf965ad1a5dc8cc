package dev.irsa.cli;

import dev.irsa.cli.check.CheckFailed;
import dev.irsa.cli.check.CheckResource;
import dev.irsa.cli.check.CheckTimeouts;
import dev.irsa.cli.check.InstallationCheck;
import dev.irsa.config.CheckConfig;
import dev.irsa.config.CheckOptions;
import dev.irsa.runtime.Clients;
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

/** {@code irsa-operator check}: sees whether the operator of a cluster works. */
@Command(
        name = "check",
        description = "Sees whether the operator of a cluster works: makes an IamServiceAccount without policies, waits"
                + " until it is Ready, deletes it and waits until it is gone. It needs no rights in AWS, and in the"
                + " cluster get, create and delete on iamserviceaccounts in one namespace.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    private CheckOptions options = new CheckOptions();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Thread hook = new Thread(() -> end(stopped, told), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return call(stopped);
        } finally {
            told.complete(true);
        }
    }

    /** Told to stop, the JVM lives on until what was made is deleted, and all is said. */
    private static void end(CountDownLatch stopped, CompletableFuture<Boolean> told) {
        stopped.countDown();
        told.join();
    }

    private int call(CountDownLatch stopped) throws InterruptedException {
        CommandErrors complaints = new CommandErrors(command);
        return complaints.orDo(unknown, () -> CheckConfig.of(options), config -> {
            try {
                check(config, stopped);
                return 0;
            } catch (CheckFailed e) {
                complaints.of(e.problems());
                return StartFailure.ENVIRONMENT;
            }
        });
    }

    private void check(CheckConfig config, CountDownLatch stopped)
            throws StartFailure, CheckFailed, InterruptedException {
        try (KubernetesClient client = Clients.failFast(Clients.kubeconfig(), config.timeout())) {
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
                            this::tell)
                    .run();
            tell("The operator works.");
        }
    }

    private void tell(String line) {
        PrintWriter out = command.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
