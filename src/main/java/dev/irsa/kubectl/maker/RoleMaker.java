package dev.irsa.kubectl.maker;

import dev.irsa.core.ownership.TagKeys;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The maker of a role, as its traces show it.
 *
 * @param certain whether only this tool leaves the traces; otherwise, users can leave them too
 * @param evidence the traces, each in words; empty if the maker is unknown
 */
public record RoleMaker(Maker maker, boolean certain, List<String> evidence) {
    /** No trace of a known tool. */
    public static final RoleMaker UNKNOWN = new RoleMaker(Maker.UNKNOWN, false, List.of());

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /**
     * The traces that the maker of a role leaves. The name of the role is not among them: anyone can choose it.
     *
     * @param namespace of the ServiceAccount that the role is delivered to
     * @param serviceAccount its name
     * @param roleTags all tags of the role, with case-insensitive keys as in IAM; empty if they could not be read
     * @param labels of the ServiceAccount
     * @param fieldManagers those that own the annotation with the role
     */
    public record Traces(
            String namespace,
            String serviceAccount,
            Optional<SortedMap<String, String>> roleTags,
            Map<String, String> labels,
            Set<String> fieldManagers) {
        public Traces {
            roleTags = roleTags.map(Traces::caseInsensitive);
            labels = Map.copyOf(labels);
            fieldManagers = Set.copyOf(fieldManagers);
        }

        private static SortedMap<String, String> caseInsensitive(Map<String, String> tags) {
            TreeMap<String, String> copy = new TreeMap<>(TagKeys.ORDER);
            copy.putAll(tags);
            return Collections.unmodifiableSortedMap(copy);
        }
    }

    public RoleMaker {
        evidence = List.copyOf(evidence);
    }

    /** Returns the maker for the resource of the ServiceAccount, {@code <namespace>/<name>}, which has the role or will have it. */
    public static RoleMaker operator(String resource) {
        return new RoleMaker(Maker.OPERATOR, true, List.of("IamServiceAccount " + resource));
    }

    /** Returns the maker of a role that the status of another resource, {@code <namespace>/<name>}, names. */
    public static RoleMaker otherResource(String resource) {
        return new RoleMaker(Maker.OTHER_RESOURCE, true, List.of("IamServiceAccount " + resource));
    }

    /**
     * Recognizes the maker. The tags of the role decide. The ServiceAccount shows only who annotated it, so it counts where
     * the tags do not identify a tool.
     */
    public static RoleMaker of(Traces traces) {
        return traces.roleTags()
                .flatMap(tags -> new RoleTagSignatures(tags, traces.namespace(), traces.serviceAccount()).recognize())
                .or(() -> eksctlByCluster(traces))
                .or(() -> byFieldManager(traces.fieldManagers()))
                .or(() -> helmByLabel(traces))
                .orElse(UNKNOWN);
    }

    /** eksctl tags every role, so its label proves nothing once the tags of the role are known. */
    private static Optional<RoleMaker> eksctlByCluster(Traces traces) {
        if (traces.roleTags().isPresent()) {
            return Optional.empty();
        }
        if ("eksctl".equals(traces.labels().get(MANAGED_BY))) {
            return label(Maker.EKSCTL, "eksctl");
        }
        return traces.fieldManagers().contains("eksctl") ? fieldManager(Maker.EKSCTL, "eksctl") : Optional.empty();
    }

    private static Optional<RoleMaker> byFieldManager(Set<String> managers) {
        return managers.stream()
                .sorted()
                .flatMap(name -> switch (name) {
                    case "helm" -> fieldManager(Maker.HELM, name).stream();
                    // "Terraform" is the default of kubernetes_manifest. The other resources send the user agent
                    // "HashiCorp/1.0".
                    case "Terraform", "HashiCorp" -> fieldManager(Maker.TERRAFORM, name).stream();
                    default -> Stream.<RoleMaker>empty();
                })
                .findFirst();
    }

    /** Without field managers it is not known who annotated the ServiceAccount, but who created it. */
    private static Optional<RoleMaker> helmByLabel(Traces traces) {
        return traces.fieldManagers().isEmpty() && "Helm".equals(traces.labels().get(MANAGED_BY))
                ? label(Maker.HELM, "Helm")
                : Optional.empty();
    }

    private static Optional<RoleMaker> label(Maker maker, String value) {
        return Optional.of(
                new RoleMaker(maker, false, List.of("label " + MANAGED_BY + "=" + value + " of the ServiceAccount")));
    }

    private static Optional<RoleMaker> fieldManager(Maker maker, String name) {
        return Optional.of(
                new RoleMaker(maker, false, List.of("field manager " + name + " of the annotation with the role")));
    }
}
