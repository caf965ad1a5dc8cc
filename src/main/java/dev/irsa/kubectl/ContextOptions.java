package dev.irsa.kubectl;

import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubeconfigContexts;
import dev.irsa.runtime.StartFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The flags of the commands that can read several clusters. */
final class ContextOptions {
    @Option(
            names = "--contexts",
            paramLabel = "CONTEXT",
            split = ",",
            description = "Contexts of the kubeconfig, separated by commas. The command reads the cluster of each")
    private List<String> named = List.of();

    @Option(
            names = "--all-contexts",
            description = "Read every cluster of the kubeconfig, each once, even if several contexts are of it")
    private boolean all;

    /**
     * Does the work, unless the command line is not valid.
     *
     * @param invalid why not; empty if it is valid
     */
    <T> int runIfValid(Optional<String> invalid, ConnectionOptions options, EachCluster<T> work)
            throws InterruptedException {
        if (invalid.isPresent()) {
            options.output().fail(invalid.get());
            return StartFailure.CONFIGURATION;
        }
        return run(options, work);
    }

    /** Does the work in the clusters that the user names, or in that of the other flags. */
    <T> int run(ConnectionOptions options, EachCluster<T> work) throws InterruptedException {
        if (!all && named.isEmpty()) {
            return options.run(work::one, work.notRead());
        }
        Optional<String> invalid = invalid(options);
        if (invalid.isPresent()) {
            options.output().fail(invalid.get());
            return StartFailure.CONFIGURATION;
        }
        options.aws.setSeveralClusters();
        return options.reported(
                output -> {
                    options.aws.requireOneProfilePerAccount();
                    List<String> contexts = contexts(options, output);
                    return work.several(contexts, context -> options.connect(Optional.of(context)), output);
                },
                work.notRead());
    }

    /** What names something of one cluster would be applied to every cluster. */
    private Optional<String> invalid(ConnectionOptions options) {
        String flag = all ? "--all-contexts" : "--contexts";
        if (all && !named.isEmpty()) {
            return Optional.of("--contexts cannot be combined with --all-contexts; use one of them");
        }
        if (options.context != null) {
            return Optional.of("--context cannot be combined with " + flag + "; use one of them");
        }
        return Stream.of(
                        options.aws.eksClusterName().map(_ -> "--eks-cluster-name"),
                        options.aws.region().map(_ -> "--region"),
                        Optional.ofNullable(options.operator.settings).map(_ -> "--operator-settings"))
                .flatMap(Optional::stream)
                .findFirst()
                .map(ofOne -> ofOne + " cannot be combined with " + flag
                        + ", because it is about one cluster; run the command for that cluster alone, with --context");
    }

    private List<String> contexts(ConnectionOptions options, Output output) throws StartFailure {
        KubeconfigContexts known = Kubeconfig.contexts(Optional.ofNullable(options.kubeconfig));
        if (known.byName().isEmpty()) {
            throw invalid("the kubeconfig has no contexts; add one, or set KUBECONFIG");
        }
        List<String> contexts = all ? known.all() : named.stream().distinct().toList();
        for (String context : contexts) {
            if (!known.byName().containsKey(context)) {
                throw invalid("--contexts: the kubeconfig has no context \"" + context + "\"; use some of: "
                        + String.join(", ", known.byName().keySet()));
            }
        }
        return OncePerCluster.of(contexts, known::access, output);
    }

    private static StartFailure invalid(String problem) {
        return new StartFailure(StartFailure.CONFIGURATION, problem);
    }
}
