package dev.irsa.port;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Provides from the cache what decides whether a resource may have the permissions that it requests. */
public interface EntitlementSource {
    /** Returns all entitlements. */
    List<IamEntitlement> entitlements();

    /** Returns all policy templates. */
    List<IamPolicyTemplate> policyTemplates();

    /** Returns the labels of a namespace; empty when the cache does not have the namespace. */
    Optional<Map<String, String>> namespaceLabels(String namespace);

    /** Returns every resource of a namespace. */
    List<IamServiceAccount> resources(String namespace);
}
