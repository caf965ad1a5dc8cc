package dev.irsa.core.template;

import java.util.Optional;

/**
 * The values of the placeholders that the operator provides.
 *
 * @param partition the partition of the account, such as {@code aws}
 * @param account the twelve digits of the account of the role
 * @param region the region of the cluster; empty if it is unknown
 * @param cluster the configured name of the cluster
 * @param namespace the namespace of the resource that uses the template
 * @param serviceAccount the name of its ServiceAccount
 */
public record TemplateContext(
        String partition,
        String account,
        Optional<String> region,
        String cluster,
        String namespace,
        String serviceAccount) {}
