package dev.irsa.kubectl.plan;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.AwsAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.stream.Collectors;

/** An entitlement to everything in every namespace, without a permissions boundary. It stands in for one that is not known. */
final class AssumedEntitlement {
    private AssumedEntitlement() {}

    /** Returns it, including every template that one of these resources uses. */
    static IamEntitlement of(AwsAccount account, Collection<IamServiceAccount> resources) {
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
                managedPolicies: ["*", "arn:%s:iam::%s:policy/*"]
                inlineActions: ["*"]
                templates: [%s]
                tags: [{key: "*", values: ["*"]}]
                customRoleNames: true
                deletionPolicies: [Delete, Retain]
                """.formatted(account.partition(), account.id(), templates), IamEntitlementSpec.class));
        return all;
    }
}
