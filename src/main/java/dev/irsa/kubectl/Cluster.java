package dev.irsa.kubectl;

import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsOptions;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cluster while a command reads it.
 *
 * @param output for what is about this cluster
 * @param opened receives what has to be closed when the command has printed its result
 */
record Cluster(KubernetesClient client, Output output, Consumer<AccountReaders> opened) {
    /** Returns the AWS accounts of the cluster, which can be read until the command has printed its result. */
    AccountReaders accounts(AwsOptions options, Optional<EksContext> eks, Optional<OperatorSettings> settings) {
        AccountReaders readers = new AccountReaders(options, eks, settings);
        opened.accept(readers);
        return readers;
    }
}
