package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The entitlements and namespaces of the cluster, as far as the user may read them. What they may not read, is assumed and reported. */
public final class ReadableEntitlements implements EntitlementSource {
    private final EntitlementSource cluster;
    private final Manifests manifests;
    private final AwsAccount account;
    private final Consumer<String> warn;
    private final Map<String, Optional<Map<String, String>>> labels = new HashMap<>();
    private Optional<List<IamEntitlement>> entitlements = Optional.empty();
    private Optional<List<IamPolicyTemplate>> templates = Optional.empty();

    /**
     * Creates the source.
     *
     * @param manifests whose entitlements decide alone if those of the cluster cannot be read
     * @param warn is given each assumption once
     */
    public ReadableEntitlements(
            EntitlementSource cluster, Manifests manifests, AwsAccount account, Consumer<String> warn) {
        this.cluster = cluster;
        this.manifests = manifests;
        this.account = account;
        this.warn = warn;
    }

    @Override
    public List<IamEntitlement> entitlements() {
        List<IamEntitlement> all = entitlements.orElseGet(this::read);
        entitlements = Optional.of(all);
        return all;
    }

    private List<IamEntitlement> read() {
        return orIfDenied(cluster::entitlements, () -> {
            boolean given = !manifests.entitlements().isEmpty();
            warn.accept(
                    "you do not have the permission to list iamentitlements, so "
                            + (given
                                    ? "only the entitlements in the files decide"
                                    : "the plan assumes that an entitlement allows everything, without a permissions boundary"));
            return given ? List.of() : List.of(everything(account, manifests.resources()));
        });
    }

    @Override
    public List<IamPolicyTemplate> policyTemplates() {
        List<IamPolicyTemplate> all = templates.orElseGet(this::readTemplates);
        templates = Optional.of(all);
        return all;
    }

    private List<IamPolicyTemplate> readTemplates() {
        return orIfDenied(cluster::policyTemplates, () -> {
            warn.accept(
                    "you do not have the permission to list iampolicytemplates, so only those in the files are known");
            return List.of();
        });
    }

    /** Returns what is assumed if the user may not read. */
    static <T> T orIfDenied(Supplier<T> read, Supplier<T> assumed) {
        try {
            return read.get();
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.AccessDenied)) {
                throw e;
            }
            return assumed.get();
        }
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return labels.computeIfAbsent(namespace, this::readLabels);
    }

    private Optional<Map<String, String>> readLabels(String namespace) {
        String assumption = ", so only its name is compared with the selectors of entitlements";
        return orIfDenied(
                () -> {
                    Optional<Map<String, String>> found = cluster.namespaceLabels(namespace);
                    if (found.isEmpty()) {
                        warn.accept("namespace " + namespace + " does not exist" + assumption);
                    }
                    return found;
                },
                () -> {
                    warn.accept("you do not have the permission to get namespace " + namespace + assumption);
                    return Optional.empty();
                });
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return cluster.resources(namespace);
    }

    /**
     * Returns an entitlement to everything in every namespace, without a permissions boundary, which stands in for one that is not
     * known. It includes every template that one of these resources uses.
     */
    static IamEntitlement everything(AwsAccount account, Collection<IamServiceAccount> resources) {
        String templates = resources.stream()
                .flatMap(resource -> resource.getSpec().policies().templates().stream())
                .map(use -> "{name: '" + use.name() + "'}")
                .distinct()
                .collect(Collectors.joining(", "));
        IamEntitlement all = new IamEntitlement();
        all.setMetadata(new ObjectMetaBuilder()
                .withName("assumed")
                .withUid("assumed")
                .withGeneration(1L)
                .build());
        all.setSpec(Serialization.unmarshal(
                """
                namespaceSelector: {}
                allow:
                  managedPolicies: ["*", "arn:%s:iam::%s:policy/*"]
                  inlineActions: ["*"]
                  templates: [%s]
                  tags: [{key: "*", values: ["*"]}]
                  deletionPolicies: [Delete, Retain]
                  roleNames: ["*"]
                  rolePaths: ["/*"]
                """.formatted(account.partition(), account.id(), templates), IamEntitlementSpec.class));
        return all;
    }
}
