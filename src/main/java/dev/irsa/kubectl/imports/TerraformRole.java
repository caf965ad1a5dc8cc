package dev.irsa.kubectl.imports;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.TrustStatement;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A role in a Terraform state.
 *
 * @param address of its resource, such as {@code module.irsa["payments"].aws_iam_role.this[0]}
 * @param trustPolicy the trust policy as text
 * @param related the addresses of its attachments, inline policies and customer managed policies in the same state, in
 *     the order in which they are released, before the role. If that is interrupted, Terraform attaches again what is
 *     attached already
 */
public record TerraformRole(
        String address, String name, String path, String arn, String trustPolicy, List<String> related) {
    private static final String OIDC_PROVIDER = ":oidc-provider/";

    public TerraformRole {
        related = List.copyOf(related);
    }

    /** Returns the addresses of everything that Terraform releases, in order; the role is the last. */
    public List<String> addresses() {
        return Stream.concat(related.stream(), Stream.of(address)).toList();
    }

    /** Returns the ARNs of the OIDC providers that the trust policy admits; empty if it is not a policy document. */
    public SortedSet<String> oidcProviders() {
        TreeSet<String> providers = new TreeSet<>();
        for (TrustStatement statement : statements()) {
            if (statement.allows()) {
                statement.federated().stream()
                        .filter(principal -> principal.contains(OIDC_PROVIDER))
                        .forEach(providers::add);
            }
        }
        return Collections.unmodifiableSortedSet(providers);
    }

    private List<TrustStatement> statements() {
        try {
            return TrustStatement.of(PolicyDocument.parse(trustPolicy));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
