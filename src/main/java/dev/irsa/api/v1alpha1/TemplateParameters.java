package dev.irsa.api.v1alpha1;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Declares in the schema that the parameters of a template are a map by name. Only the CRD generator loads this class. */
public final class TemplateParameters implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps spec, String input, KubernetesSerialization serialization) {
        PolicyLists.list(spec, "parameters").setXKubernetesListType("map");
        PolicyLists.list(spec, "parameters").setXKubernetesListMapKeys(List.of("name"));
        return spec;
    }
}
