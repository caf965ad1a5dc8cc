package dev.irsa.api.v1beta1;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;

/**
 * Declares in the schema which lists are sets, and which are maps by a key. The generator has no annotation for this. The API
 * server then rejects duplicates and merges the entries of several field managers. Only the CRD generator loads this class.
 *
 * <p>The input names the lists, separated by spaces: {@code field} for a set, {@code field=key} for a map.
 */
public final class ListTypes implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps object, String input, KubernetesSerialization serialization) {
        for (String declaration : input.split(" ", -1)) {
            String[] fieldAndKey = declaration.split("=", -1);
            JSONSchemaProps list = Objects.requireNonNull(object.getProperties().get(fieldAndKey[0]), declaration);
            if (fieldAndKey.length == 1) {
                list.setXKubernetesListType("set");
            } else {
                list.setXKubernetesListType("map");
                list.setXKubernetesListMapKeys(List.of(fieldAndKey[1]));
            }
        }
        return object;
    }
}
