package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.integration.machine.Kubectl;
import java.nio.file.Path;

/** Changes the document of a policy template. */
record TemplateEdit(Kubectl kubectl) implements SharedEdit {
    /** What resources that use the template have as {@code policies}, in YAML flow style. */
    static final String USE = "policies: {templates: [{name: s3-read, parameters: {bucket: invoices}}]}";

    private static final String TEMPLATE = "s3-read";
    private static final String PATCH =
            "[{\"op\": \"add\", \"path\": \"/spec/document/Statement/0/Sid\", \"value\": \"Edited\"}]";

    @Override
    public String name() {
        return "template edited";
    }

    @Override
    public void create() {
        kubectl.run("delete", "iampt", TEMPLATE, "--ignore-not-found").orThrow();
        kubectl.applyFile(Path.of("deploy", "templates", TEMPLATE + ".yaml")).orThrow();
    }

    @Override
    public void make() {
        kubectl.get("patch", "iampt", TEMPLATE, "--type=json", "--patch=" + PATCH);
    }

    /** A new template has the generation 1. */
    @Override
    public boolean hasReached(IamServiceAccountStatus status) {
        return status.policyTemplates().stream().anyMatch(applied -> applied.generation() > 1);
    }
}
