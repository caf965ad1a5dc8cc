package dev.irsa.kubectl;

import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.connection.AwsOptions;
import dev.irsa.kubectl.output.Documents;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The flags of the commands that read the cluster and AWS, and how these commands print and fail. */
final class ReadOptions {
    @Mixin
    final KubectlOptions kubectl = new KubectlOptions();

    @Mixin
    final AwsOptions aws = new AwsOptions();

    @Mixin
    final OperatorOptions operator = new OperatorOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** The work of a command. */
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
     * @param failed returns the exit code if the work cannot start
     */
    int run(Work work, ToIntFunction<StartFailure> failed) throws InterruptedException {
        Output output = output();
        try (KubernetesClient client = kubectl.connect()) {
            return work.run(client, output);
        } catch (StartFailure e) {
            output.fail(e.problem());
            return failed.applyAsInt(e);
        } catch (FailureException e) {
            output.fail(UserMessage.of(e.failure()));
            return StartFailure.ENVIRONMENT;
        }
    }

    /** Prints the result as the user wants it. */
    void print(Output output, Function<Terminal, String> text, Supplier<?> document) {
        output.print(
                kubectl.output == OutputFormat.table
                        ? text.apply(output.terminal())
                        : Documents.format(document.get(), kubectl.output));
    }

    /** Returns where the command prints to. */
    Output output() {
        return Output.of(command, Optional.ofNullable(System.getProperty("irsa.terminals")), System.getenv());
    }
}
