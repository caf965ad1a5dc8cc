package dev.irsa.kubectl.imports;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A tool that writes objects from a repository, and would revert what a command changes in the cluster.
 *
 * @param title its name
 * @param marks the labels and annotations by which it knows its objects
 * @param managers the names under which it owns fields
 */
public record GitOpsTool(String title, List<String> marks, List<String> managers) {
    private static final GitOpsTool HELM = new GitOpsTool(
            // Source: "Labels and Annotations" of Helm.
            "Helm", List.of("meta.helm.sh/release-name"), List.of("helm"));

    private static final List<GitOpsTool> ALL = List.of(
            // Source: "Resource Tracking" of Argo CD. Charts set the last label too, and then Helm reverts the change.
            new GitOpsTool(
                    "Argo CD",
                    List.of(
                            "argocd.argoproj.io/tracking-id",
                            "argocd.argoproj.io/instance",
                            "app.kubernetes.io/instance"),
                    List.of("argocd-controller", "argocd-application-controller")),
            // Source: "Kustomization" and "HelmRelease" of Flux.
            new GitOpsTool(
                    "Flux",
                    List.of("kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name"),
                    List.of("kustomize-controller", "helm-controller")),
            HELM);

    public GitOpsTool {
        marks = List.copyOf(marks);
        managers = List.copyOf(managers);
    }

    /**
     * Returns the tool that manages an object, by its labels, its annotations, or the managers of its fields.
     *
     * @param fields the managers of its fields
     */
    public static Optional<GitOpsTool> of(ObjectMeta metadata, Set<String> fields) {
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        if (Objects.equals(labels.get("app.kubernetes.io/managed-by"), "Helm")) {
            return Optional.of(HELM);
        }
        return ALL.stream()
                .filter(tool ->
                        tool.marks.stream().anyMatch(mark -> labels.containsKey(mark) || annotations.containsKey(mark))
                                || tool.managers.stream().anyMatch(fields::contains))
                .findFirst();
    }
}
