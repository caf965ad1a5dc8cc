package dev.irsa.image;

import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.machine.IamServer;
import dev.irsa.machine.OperatorLaunch;
import dev.irsa.mock.MockApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The work by which the ahead-of-time cache of the image learns what the operator needs: it runs the very program, with
 * the command that the arguments give, and has it work until it is told to stop, against an API server and an IAM of
 * this process.
 */
final class Training {
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

    private Training() {}

    /** Exit code 1 when the operator did not do what it was given to do: it would be trained with less. */
    public static void main(String[] command) throws IOException {
        var iam = new InMemoryIam(Clock.systemUTC());
        iam.console().createProvider(ISSUER, TokenSpec.DEFAULT_AUDIENCE);
        try (var aws = IamServer.before(iam);
                var api = MockApiServer.start()) {
            api.setIssuer(ISSUER);
            var launch = OperatorLaunch.of("training", kubeconfig(api), aws.uri())
                    .withEntrypoint(List.of(command))
                    .withArguments("--consistency-window", "1s", "--sweep-interval", "1s", "--log-format", "json");
            try (var operator = launch.startReady()) {
                train(new Exercise(api.client(), iam, operator));
            }
        }
        System.exit(0);
    }

    /** The cache is made when the operator ends, as it does in good order only. */
    private static void train(Exercise exercise) throws IOException {
        try {
            exercise.run();
            exercise.operator().sigterm();
            // However long the cache takes.
            ProcessHandle.of(exercise.operator().pid())
                    .ifPresent(process -> process.onExit().join());
            var exit = exercise.operator().awaitExit();
            if (exit != 143) {
                throw new IllegalStateException("the operator ended with " + exit);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(exercise.operator().log(), e);
        }
    }

    private static Path kubeconfig(MockApiServer api) throws IOException {
        return Files.writeString(Files.createTempFile("training", ".kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: training
                  cluster: {server: "%s"}
                users:
                - name: training
                  user: {token: training}
                contexts:
                - name: training
                  context: {cluster: training, user: training}
                current-context: training
                """.formatted(api.url()));
    }
}
