package dev.irsa.api.v1alpha1;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Declares in the schema that the lists of an entitlement are sets and that its tags and templates are maps. Only the CRD
 * generator loads this class.
 */
public final class EntitlementLists implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps spec, String input, KubernetesSerialization serialization) {
        PolicyLists.list(spec, "managedPolicies").setXKubernetesListType("set");
        PolicyLists.list(spec, "inlineActions").setXKubernetesListType("set");
        PolicyLists.list(spec, "externalRoleArns").setXKubernetesListType("set");
        PolicyLists.list(spec, "deletionPolicies").setXKubernetesListType("set");
        PolicyLists.list(spec, "tags").setXKubernetesListType("map");
        PolicyLists.list(spec, "tags").setXKubernetesListMapKeys(List.of("key"));
        PolicyLists.list(spec, "templates").setXKubernetesListType("map");
        PolicyLists.list(spec, "templates").setXKubernetesListMapKeys(List.of("name"));
        return spec;
    }
}
