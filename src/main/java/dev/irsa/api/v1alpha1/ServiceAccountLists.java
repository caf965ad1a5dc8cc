package dev.irsa.api.v1alpha1;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Declares in the schema that the additional ServiceAccounts are a set. The API server then rejects duplicates and merges the
 * entries of several field managers. Only the CRD generator loads this class.
 */
public final class ServiceAccountLists implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps spec, String input, KubernetesSerialization serialization) {
        PolicyLists.list(spec, "additional").setXKubernetesListType("set");
        return spec;
    }
}
