package dev.irsa.kubectl;

import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.connection.AwsOptions;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags of the commands that read the cluster and AWS, and how these commands connect and fail. */
class ConnectionOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace. Default: the namespace of the kubeconfig context")
    @Nullable
    String namespace;

    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            description = "Context of the kubeconfig. Default: the current one")
    @Nullable
    String context;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig. Default: KUBECONFIG, or ~/.kube/config")
    @Nullable
    Path kubeconfig;

    @Mixin
    final AwsOptions aws = new AwsOptions();

    @Mixin
    final OperatorOptions operator = new OperatorOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @FunctionalInterface
    interface Work {
        /** Reads, prints the result, and returns the exit code. */
        int run(KubernetesClient client, Output output) throws StartFailure, InterruptedException;
    }

    /** Connects to the cluster and does the work. Prints why it failed. Returns the exit code. */
    int run(Work work) throws InterruptedException {
        return run(work, StartFailure::exitCode);
    }

    /**
     * Does the same.
     *
     * @param failed the exit code if the work cannot start, or fails
     */
    int run(Work work, int failed) throws InterruptedException {
        return run(work, _ -> failed);
    }

    /**
     * Does the same.
     *
     * @param failed returns the exit code if the work cannot start, or fails
     */
    int run(Work work, ToIntFunction<StartFailure> failed) throws InterruptedException {
        return reported(
                output -> {
                    aws.requireOneProfilePerAccount();
                    try (KubernetesClient client = connect(Optional.ofNullable(context))) {
                        return work.run(client, output);
                    }
                },
                failed);
    }

    /** Prints to the output that it gets, and returns the exit code. */
    @FunctionalInterface
    interface Reported {
        int run(Output output) throws StartFailure, InterruptedException;
    }

    /**
     * Does something, and prints why it failed.
     *
     * @param failed returns the exit code then
     */
    int reported(Reported work, ToIntFunction<StartFailure> failed) throws InterruptedException {
        Output output = output();
        try {
            return work.run(output);
        } catch (StartFailure e) {
            output.fail(e.problem());
            return failed.applyAsInt(e);
        } catch (FailureException e) {
            StartFailure failure = failure(e);
            output.fail(failure.problem());
            return failed.applyAsInt(failure);
        }
    }

    /** Returns why a read fails, for a user. */
    static StartFailure failure(FailureException e) {
        return new StartFailure(StartFailure.ENVIRONMENT, UserMessage.of(e.failure()));
    }

    /**
     * Returns a client for a cluster. It does not retry. Setting up HTTP/2 takes longer than it saves.
     *
     * @param in a context; empty: the current one
     */
    KubernetesClient connect(Optional<String> in) throws StartFailure {
        Config config = Kubeconfig.read(Optional.ofNullable(kubeconfig), in);
        return KubernetesClients.failFast(
                new ConfigBuilder(config).withHttp2Disable(true).build(), TIMEOUT);
    }

    String namespace(KubernetesClient client) {
        return Optional.ofNullable(namespace)
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
    }

    /** Returns where the command prints to. */
    Output output() {
        return Output.of(
                command,
                Optional.ofNullable(System.getProperty("irsa.terminals")),
                System.getenv(),
                operator::documentation);
    }
}
