package dev.irsa.kubectl.imports;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.TrustStatement;
import java.util.List;
import java.util.Locale;
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
public record TerraformRole(String address, String arn, String trustPolicy, List<String> related) {
    private static final String OIDC_PROVIDER = ":oidc-provider/";

    public TerraformRole {
        related = List.copyOf(related);
    }

    /** Returns the addresses of everything that Terraform releases, in order; the role is the last. */
    public List<String> addresses() {
        return Stream.concat(related.stream(), Stream.of(address)).toList();
    }

    /**
     * Returns the subjects that the trust policy names for an OIDC provider; empty if it admits no OIDC provider, or is not a
     * policy document.
     *
     * @param provider its ARN
     */
    SortedSet<String> subjects(String provider) {
        String key = provider.substring(provider.indexOf('/') + 1).toLowerCase(Locale.ROOT) + ":sub";
        List<TrustStatement> statements = statements();
        TreeSet<String> subjects = new TreeSet<>();
        if (statements.stream().anyMatch(TerraformRole::admitsOidcProvider)) {
            statements.stream()
                    .filter(statement -> statement.names(provider))
                    .flatMap(statement -> statement.conditions().stream())
                    .filter(condition ->
                            condition.key().toLowerCase(Locale.ROOT).equals(key))
                    .forEach(condition -> subjects.addAll(condition.values()));
        }
        return subjects;
    }

    private static boolean admitsOidcProvider(TrustStatement statement) {
        return statement.allows()
                && statement.federated().stream().anyMatch(principal -> principal.contains(OIDC_PROVIDER));
    }

    private List<TrustStatement> statements() {
        try {
            return TrustStatement.of(PolicyDocument.parse(trustPolicy));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
