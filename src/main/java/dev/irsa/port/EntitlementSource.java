package dev.irsa.port;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What decides whether a resource may have what it asks for, all of it as last seen. */
public interface EntitlementSource {
    /** All entitlements. */
    List<IamEntitlement> entitlements();

    /** The labels of a namespace; empty when it has not been seen. */
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /** Every resource of a namespace. */
    List<IamServiceAccount> resources(String namespace);
}
