package dev.irsa.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class IamServiceAccountTest {
    @Test
    void skipsManagedFields() {
        IamServiceAccount resource = Serialization.unmarshal("""
                {
                  "apiVersion": "irsa.dev/v1beta1",
                  "kind": "IamServiceAccount",
                  "metadata": {
                    "name": "invoices",
                    "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:spec": {"f:role": {}}}}]
                  },
                  "spec": {}
                }
                """, IamServiceAccount.class);

        assertThat(resource.getMetadata().getName()).isEqualTo("invoices");
        assertThat(resource.getMetadata().getManagedFields()).isEmpty();
    }
}
