package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks whether the pods of one resource can obtain credentials as its spec asks. */
final class DeliveryCheck {
    private DeliveryCheck() {}

    /**
     * Returns the first problem; empty if there is none. The size with both statements is checked, so that a move never fails
     * midway.
     */
    static Optional<InvalidSpec> problem(DesiredDelivery wanted, TokenSpec token, DeliverySettings settings) {
        int quota = settings.trustPolicyQuota();
        if (!wanted.uses(Delivery.PodIdentity)) {
            return wanted.terms().serviceAccounts().size() > 1
                            || !wanted.terms().previousProviders().isEmpty()
                    ? sizeProblem(wanted, wanted.kinds(), quota)
                    : Optional.empty();
        }
        if (!settings.sameAccount()) {
            return Optional.of(new InvalidSpec(
                    "spec.delivery",
                    "EKS Pod Identity requires a role in the AWS account of the cluster, and spec.account names another"
                            + " account; set spec.delivery to [IRSA]"));
        }
        if (wanted.terms().eksClusterArn().isEmpty()) {
            return Optional.of(new InvalidSpec(
                    "spec.delivery",
                    "PodIdentity requires the AWS region of the cluster, which the operator does not know; a platform"
                            + " engineer can set --region"));
        }
        if (!wanted.uses(Delivery.IRSA) && token.audience() != null) {
            return Optional.of(new InvalidSpec(
                    "spec.token.audience", "it applies only to IRSA; remove it, or add IRSA to spec.delivery"));
        }
        return sizeProblem(wanted, EnumSet.allOf(Delivery.class), quota);
    }

    private static Optional<InvalidSpec> sizeProblem(DesiredDelivery wanted, Set<Delivery> statements, int quota) {
        int size = TrustPolicy.sizeOf(statements, wanted.terms());
        if (size <= quota) {
            return Optional.empty();
        }
        String policy = "the trust policy for "
                + statements.stream().map(Delivery::name).collect(Collectors.joining(" and "));
        String excess = " has " + size + " characters, but the quota is " + quota;
        String raise = ", or raise the quota in AWS and then set --trust-policy-quota";
        List<String> names = wanted.terms().serviceAccounts();
        return Optional.of(
                names.size() == 1
                        ? new InvalidSpec("spec.delivery", policy + excess + "; choose shorter names" + raise)
                        : new InvalidSpec(
                                "spec.serviceAccounts",
                                policy + " and " + names.size() + " ServiceAccounts" + excess + "; it has room for "
                                        + fitting(wanted, statements, quota)
                                        + " of them; shorten the list or choose shorter names" + raise));
    }

    /** Returns how many of the ServiceAccounts fit into the trust policy, the longest names first. */
    private static long fitting(DesiredDelivery wanted, Set<Delivery> statements, int quota) {
        List<String> longestFirst = wanted.terms().serviceAccounts().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return IntStream.rangeClosed(1, longestFirst.size())
                .filter(count ->
                        TrustPolicy.sizeOf(statements, wanted.terms().admitting(longestFirst.subList(0, count)))
                                <= quota)
                .count();
    }
}
