package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyGrammar;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Checks the inline policies of a spec. The names are checked again because a stored resource may predate the schema. */
final class InlinePolicyCheck {
    private InlinePolicyCheck() {}

    /** Returns the first problem; empty if there is none. */
    static Optional<InvalidSpec> problem(List<InlinePolicy> policies) {
        return nameProblem(policies)
                .or(() -> policies.stream()
                        .flatMap(policy -> documentProblem(policy).stream())
                        .findFirst())
                .or(() -> sizeProblem(policies));
    }

    private static Optional<InvalidSpec> nameProblem(List<InlinePolicy> policies) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (InlinePolicy policy : policies) {
            if (policy.hasReservedName()) {
                return Optional.of(new InvalidSpec(
                        field(policy) + ".name", "the name is reserved for incident response; choose another name"));
            }
            if (!names.add(policy.name())) {
                return Optional.of(new InvalidSpec(
                        field(policy) + ".name",
                        "another policy has this name, or one that differs only in case, which IAM may treat as the"
                                + " same; choose another name"));
            }
        }
        return Optional.empty();
    }

    private static Optional<InvalidSpec> documentProblem(InlinePolicy policy) {
        String field = field(policy) + ".document";
        if (policy.tooLarge()) {
            return Optional.of(new InvalidSpec(
                    field,
                    "the document is larger or more deeply nested than IAM accepts; move part of it into a managed"
                            + " policy"));
        }
        List<String> problems = PolicyGrammar.problemsOf(policy.document());
        return problems.isEmpty() ? Optional.empty() : Optional.of(new InvalidSpec(field, String.join("; ", problems)));
    }

    private static Optional<InvalidSpec> sizeProblem(List<InlinePolicy> policies) {
        int size = policies.stream()
                .mapToInt(policy -> PolicyDocument.sizeOf(policy.document()))
                .sum();
        return size <= DesiredRole.INLINE_QUOTA
                ? Optional.empty()
                : Optional.of(new InvalidSpec(
                        "spec.policies.inline",
                        "the documents have " + size + " characters in total, but IAM accepts at most "
                                + DesiredRole.INLINE_QUOTA + "; move some into a managed policy"));
    }

    private static String field(InlinePolicy policy) {
        return "spec.policies.inline[" + policy.name() + "]";
    }
}
