package dev.irsa.kubectl.imports;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The tools that write objects from a repository, and would revert what a command changes in the cluster. */
public enum GitOpsTool {
    /** Source: "Resource Tracking" of Argo CD. The label is also one that Helm charts set, and then Helm reverts the change. */
    ARGO_CD(
            "Argo CD",
            List.of("argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance", "app.kubernetes.io/instance"),
            List.of("argocd-controller", "argocd-application-controller")),
    /** Source: "Kustomization" and "HelmRelease" of Flux. */
    FLUX(
            "Flux",
            List.of("kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name"),
            List.of("kustomize-controller", "helm-controller")),
    /** Source: "Labels and Annotations" of Helm. */
    HELM("Helm", List.of("meta.helm.sh/release-name"), List.of("helm"));

    private final String title;
    private final List<String> marks;
    private final List<String> managers;

    GitOpsTool(String title, List<String> marks, List<String> managers) {
        this.title = title;
        this.marks = marks;
        this.managers = managers;
    }

    /**
     * Returns the tool that manages an object, by its labels, its annotations, or the managers of its fields.
     *
     * @param fields the managers of its fields
     */
    public static Optional<GitOpsTool> of(ObjectMeta metadata, Set<String> fields) {
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        for (GitOpsTool tool : values()) {
            if (tool.marks.stream().anyMatch(mark -> labels.containsKey(mark) || annotations.containsKey(mark))
                    || tool.managers.stream().anyMatch(fields::contains)) {
                return Optional.of(tool);
            }
        }
        return Objects.equals(labels.get("app.kubernetes.io/managed-by"), "Helm")
                ? Optional.of(HELM)
                : Optional.empty();
    }

    /** Returns its name. */
    public String title() {
        return title;
    }
}
