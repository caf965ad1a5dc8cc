package dev.irsa.config;

import dev.irsa.api.v1beta1.Delivery;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How pods obtain the credentials of their role, as the flags configure it.
 *
 * @param defaultDelivery applies to resources without {@code spec.delivery}; never empty
 * @param eksClusterName the name by which EKS knows this cluster
 * @param associationInterval how often the role and the tags of each association are read
 * @param trustPolicyQuota the account's quota of the characters of a role trust policy
 * @param assumeAgent whether the operator assumes that the nodes run the EKS Pod Identity Agent, without a look at the
 *     cluster
 */
public record DeliveryConfig(
        Set<Delivery> defaultDelivery,
        String eksClusterName,
        Duration associationInterval,
        int trustPolicyQuota,
        boolean assumeAgent) {
    private static final String DETECT = "detect";
    private static final String ASSUME = "assume";

    /** Source: "CreateCluster" of the Amazon EKS API reference, {@code name}. */
    static final String EKS_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";

    static final Flag DEFAULT_DELIVERY = Flag.of("--default-delivery", "DELIVERY")
            .repeatable()
            .help("How pods obtain credentials if spec.delivery is not set: IRSA, PodIdentity, or both. A change moves"
                    + " all these resources. Repeatable. Default: IRSA")
            .setting(
                    "How pods obtain credentials if spec.delivery is not set",
                    published -> published.identity().delivery().defaultDelivery().stream()
                            .map(Enum::name)
                            .toList());

    static final Flag EKS_CLUSTER_NAME = Flag.of("--eks-cluster-name", "NAME")
            .help("Name of this cluster in EKS, for EKS Pod Identity. Default: the value of --cluster-name")
            .setting(published -> published.identity().delivery().eksClusterArn().stream()
                    .map(arn -> arn.substring(arn.indexOf('/') + 1))
                    .toList());

    static final Flag ASSOCIATION_INTERVAL = Flag.of("--association-interval", "DURATION")
            .orElse("24h")
            .help("How often the operator reads the role and the tags of each EKS Pod Identity association, at least"
                    + " 1h. Default: ${DEFAULT-VALUE}");

    static final Flag TRUST_POLICY_QUOTA = Flag.of("--trust-policy-quota", "N")
            .orElse("2048")
            .help("Maximum length of a role trust policy in this account, 2048 to 8192 characters."
                    + " Default: ${DEFAULT-VALUE}")
            .setting(
                    "Maximum length of a trust policy",
                    published -> List.of(
                            String.valueOf(published.identity().delivery().trustPolicyQuota())));

    static final Flag POD_IDENTITY_AGENT = Flag.of("--pod-identity-agent", DETECT + "|" + ASSUME)
            .orElse(DETECT)
            .help("detect: look for the EKS Pod Identity Agent in the cluster, or for EKS Auto Mode."
                    + " assume: do not look, and assume that the nodes run it. Default: ${DEFAULT-VALUE}")
            .setting(
                    "Whether the operator looks for the EKS Pod Identity Agent",
                    published -> List.of(published.assumesAgent() ? ASSUME : DETECT));

    /** Copies the set. */
    public DeliveryConfig {
        defaultDelivery = Set.copyOf(defaultDelivery);
    }

    static DeliveryConfig read(String clusterName, FlagReader flags) {
        Set<Delivery> delivery = delivery(flags);
        return new DeliveryConfig(
                delivery,
                eksClusterName(clusterName, delivery, flags),
                flags.durationFromHours(ASSOCIATION_INTERVAL, 1),
                flags.number(TRUST_POLICY_QUOTA, 2048, 8192),
                flags.choice(POD_IDENTITY_AGENT, List.of(DETECT, ASSUME)).equals(ASSUME));
    }

    private static Set<Delivery> delivery(FlagReader flags) {
        Set<String> names = new HashSet<>();
        Set<Delivery> chosen = EnumSet.noneOf(Delivery.class);
        for (String name : flags.texts(DEFAULT_DELIVERY)) {
            if (name.isBlank()) {
                continue;
            }
            if (names.add(name)) {
                chosen.add(flags.choice(DEFAULT_DELIVERY, name, Delivery.class));
            } else {
                flags.problem(DEFAULT_DELIVERY, name, "it is set more than once; set each value once");
            }
        }
        return chosen.isEmpty() ? Set.of(Delivery.IRSA) : chosen;
    }

    /** EKS allows fewer characters than --cluster-name. Clusters outside EKS keep names that EKS does not allow. */
    private static String eksClusterName(String clusterName, Set<Delivery> delivery, FlagReader flags) {
        boolean isGiven = flags.given(EKS_CLUSTER_NAME).isPresent();
        String name = flags.given(EKS_CLUSTER_NAME).orElse(clusterName);
        return isGiven || delivery.contains(Delivery.PodIdentity)
                ? flags.matching(
                        EKS_CLUSTER_NAME,
                        name,
                        EKS_NAME,
                        "it must be the name of an EKS cluster, at most 100 letters, digits, '_' and '-'")
                : name;
    }
}
