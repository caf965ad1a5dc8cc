package dev.irsa.plugin.plan;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.core.desired.AwsAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** An entitlement to everything in every namespace, without a permissions boundary. It stands in for one that is not known. */
final class AssumedEntitlement {
    private AssumedEntitlement() {}

    static IamEntitlement of(AwsAccount account) {
        IamEntitlement all = new IamEntitlement();
        all.setMetadata(new ObjectMetaBuilder()
                .withName("assumed")
                .withUid("assumed")
                .withGeneration(1L)
                .build());
        all.setSpec(
                Serialization.unmarshal("""
                namespaceSelector: {}
                managedPolicies: ["*", "arn:%s:iam::%s:policy/*"]
                inlineActions: ["*"]
                tags: [{key: "*", values: ["*"]}]
                customRoleNames: true
                """.formatted(account.partition(), account.id()), IamEntitlementSpec.class));
        return all;
    }
}
