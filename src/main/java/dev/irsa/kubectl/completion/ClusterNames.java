package dev.irsa.kubectl.completion;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.completion.NameSource.Kind;
import dev.irsa.runtime.AwsProfiles;
import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the names from the kubeconfig, the AWS configuration, and the cluster that the flags choose. It neither retries nor waits long. */
final class ClusterNames implements NameSource {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNames.class);

    /** A user who waits longer types the name. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A shell shows no more of them in a useful way. */
    private static final long LIMIT = 500;

    @Override
    public List<String> read(Kind kind, Map<String, String> flags) {
        try {
            Optional<Path> kubeconfig =
                    Optional.ofNullable(flags.get("--kubeconfig")).map(Path::of);
            if (kind == Kind.CONTEXT) {
                return List.copyOf(Kubeconfig.contexts(kubeconfig).byName().keySet());
            }
            Config config = Kubeconfig.read(kubeconfig, Optional.ofNullable(flags.get("--context")));
            try (KubernetesClient client = KubernetesClients.failFast(config, TIMEOUT)) {
                String namespace = Optional.ofNullable(flags.get("--namespace"))
                        .or(() -> Optional.ofNullable(client.getNamespace()))
                        .orElse("default");
                return names(kind, client, namespace);
            }
        } catch (StartFailure e) {
            LOG.debug("cannot read names for completion", e);
            return List.of();
        }
    }

    private static List<String> names(Kind kind, KubernetesClient client, String namespace) {
        return switch (kind) {
            case CONTEXT -> throw new IllegalArgumentException("contexts are not in the cluster");
            case NAMESPACE -> names(client.namespaces()).toList();
            case ACCOUNT_PROFILE -> accountProfiles(client, AwsProfiles.ofUser());
            case SERVICE_ACCOUNT ->
                Stream.concat(
                                names(client.serviceAccounts().inNamespace(namespace)),
                                names(client.resources(IamServiceAccount.class).inNamespace(namespace)))
                        .toList();
            case POD_OR_SERVICE_ACCOUNT ->
                Stream.concat(
                                names(client.pods().inNamespace(namespace)),
                                names(client.serviceAccounts().inNamespace(namespace))
                                        .map(name -> "sa/" + name))
                        .toList();
        };
    }

    /** Pairs each account with its profiles. If the AWS configuration shows none, any may be of it that shows no account. */
    private static List<String> accountProfiles(KubernetesClient client, AwsProfiles profiles) {
        return read(client.resources(IamAccount.class))
                .map(account -> account.getSpec().accountID())
                .flatMap(id -> {
                    List<String> ofAccount = profiles.names().stream()
                            .filter(name ->
                                    profiles.account(name).filter(id::equals).isPresent())
                            .toList();
                    Stream<String> possible = ofAccount.isEmpty()
                            ? profiles.names().stream()
                                    .filter(name -> profiles.account(name).isEmpty())
                            : ofAccount.stream();
                    return possible.map(name -> id + "=" + name);
                })
                .toList();
    }

    private static <T extends HasMetadata> Stream<String> names(
            Listable<? extends KubernetesResourceList<T>> resources) {
        return read(resources).map(item -> item.getMetadata().getName());
    }

    /** A user who may list one kind of resources only gets the names of these. */
    private static <T extends HasMetadata> Stream<T> read(Listable<? extends KubernetesResourceList<T>> resources) {
        try {
            return resources.list(new ListOptionsBuilder().withLimit(LIMIT).build()).getItems().stream();
        } catch (KubernetesClientException e) {
            LOG.debug("cannot list resources for completion", e);
            return Stream.empty();
        }
    }
}
