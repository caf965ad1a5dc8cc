package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.integration.machine.Kubectl;
import java.util.stream.Stream;

/** Adds a managed policy to what an entitlement requires. */
record RequirementEdit(Kubectl kubectl) implements SharedEdit {
    private static final String ENTITLEMENT = "edited";
    private static final String POLICY = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess";
    private static final String MANIFEST = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: %s}
            spec:
              namespaceSelector: {}
              allow: {templates: [{name: s3-read, parameters: [{name: bucket, values: [invoices]}]}]}
            """.formatted(ENTITLEMENT);

    @Override
    public String name() {
        return "requirement edited";
    }

    @Override
    public void create() {
        kubectl.run("delete", "iament", ENTITLEMENT, "--ignore-not-found").orThrow();
        kubectl.apply(MANIFEST).orThrow();
    }

    @Override
    public void make() {
        kubectl.get(
                "patch",
                "iament",
                ENTITLEMENT,
                "--type=merge",
                "--patch={\"spec\": {\"require\": {\"managedPolicies\": [\"" + POLICY + "\"]}}}");
    }

    @Override
    public boolean hasReached(IamServiceAccountStatus status) {
        return Stream.ofNullable(status.role())
                .anyMatch(role -> role.requiredPolicies().contains(POLICY));
    }
}
