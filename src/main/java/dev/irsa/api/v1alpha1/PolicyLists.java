package dev.irsa.api.v1alpha1;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/**
 * Declares in the schema that managed policies are a set and inline policies are a map by name. The generator has no
 * annotation for this. The API server then rejects duplicates and merges the entries of several field managers. Only the
 * CRD generator loads this class.
 */
public final class PolicyLists implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps policies, String input, KubernetesSerialization serialization) {
        list(policies, "managed").setXKubernetesListType("set");
        list(policies, "inline").setXKubernetesListType("map");
        list(policies, "inline").setXKubernetesListMapKeys(List.of("name"));
        return policies;
    }

    static JSONSchemaProps list(JSONSchemaProps policies, String name) {
        return Objects.requireNonNull(policies.getProperties().get(name), name);
    }
}
