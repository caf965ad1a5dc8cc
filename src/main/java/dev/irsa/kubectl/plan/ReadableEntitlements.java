package dev.irsa.kubectl.plan;

import dev.irsa.api.v1beta1.AllowSpec;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.LimitsSpec;
import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.api.v1beta1.RequireSpec;
import dev.irsa.api.v1beta1.TagLimit;
import dev.irsa.api.v1beta1.TemplateLimit;
import dev.irsa.api.v1beta1.TemplateLimit.ParameterLimit;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.EntitlementSource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The entitlements and namespaces of the cluster, as far as the user may read them. What they may not read, is assumed and reported. */
public final class ReadableEntitlements implements EntitlementSource {
    private static final String ANY = "*";

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
            // One for another account says nothing about the roles that are planned.
            boolean given = manifests.entitlements().stream()
                    .anyMatch(entitlement -> entitlement.getSpec().accountName().equals(account.name()));
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
     * known. It includes every template that one of these resources uses, with the parameters that they set.
     */
    static IamEntitlement everything(AwsAccount account, Collection<IamServiceAccount> resources) {
        IamEntitlement all = new IamEntitlement();
        all.setMetadata(new ObjectMetaBuilder()
                .withName("assumed")
                .withUid("assumed")
                .withGeneration(1L)
                .build());
        all.setSpec(new IamEntitlementSpec(
                new NamespaceSelector(Map.of(), List.of()),
                new AllowSpec(
                        templates(resources),
                        List.of(ANY, "arn:" + account.partition() + ":iam::" + account.id() + ":policy/*"),
                        List.of(ANY),
                        List.of(new TagLimit(ANY, List.of(ANY))),
                        List.of(ANY),
                        List.of("/*"),
                        List.of(),
                        List.of(DeletionPolicy.Delete, DeletionPolicy.Retain)),
                RequireSpec.boundary(null),
                new LimitsSpec(null, null, null),
                account.name().isEmpty() ? null : account.name()));
        return all;
    }

    private static List<TemplateLimit> templates(Collection<IamServiceAccount> resources) {
        SortedMap<String, SortedSet<String>> parameters = new TreeMap<>();
        resources.stream()
                .flatMap(resource -> resource.getSpec().policies().templates().stream())
                .forEach(use -> parameters
                        .computeIfAbsent(use.name(), _ -> new TreeSet<>())
                        .addAll(use.parameters().keySet()));
        return parameters.entrySet().stream()
                .map(template -> new TemplateLimit(
                        template.getKey(),
                        template.getValue().stream()
                                .map(parameter -> new ParameterLimit(parameter, List.of(ANY)))
                                .toList()))
                .toList();
    }
}
