package dev.irsa.config;

import dev.irsa.api.v1alpha1.Delivery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Parses the flags of {@code irsa-operator run} about how pods obtain credentials. */
final class DeliveryOptions {
    private static final String DEFAULT_DELIVERY = "--default-delivery";
    private static final String EKS_CLUSTER_NAME = "--eks-cluster-name";
    private static final String ASSUME = "assume";

    /** Source: "CreateCluster" of the Amazon EKS API reference, {@code name}. */
    private static final String EKS_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";

    @Option(
            names = DEFAULT_DELIVERY,
            paramLabel = "DELIVERY",
            split = ",",
            defaultValue = "${env:IRSA_DEFAULT_DELIVERY}",
            description = {
                "How pods obtain credentials if spec.delivery is not set: IRSA, PodIdentity, or both. A change moves all these"
                        + " resources. Repeatable. Default: IRSA",
                "IRSA_DEFAULT_DELIVERY (comma-separated)"
            })
    List<String> defaultDelivery = new ArrayList<>();

    @Option(
            names = EKS_CLUSTER_NAME,
            paramLabel = "NAME",
            defaultValue = "${env:IRSA_EKS_CLUSTER_NAME}",
            description = {
                "Name of this cluster in EKS, for EKS Pod Identity. Default: the value of --cluster-name",
                "IRSA_EKS_CLUSTER_NAME"
            })
    @Nullable
    String eksClusterName;

    @Option(
            names = "--association-interval",
            paramLabel = "DURATION",
            defaultValue = "${env:IRSA_ASSOCIATION_INTERVAL:-24h}",
            description = {
                "How often the operator reads the role and the tags of each EKS Pod Identity association, at least 1h."
                        + " Default: ${DEFAULT-VALUE}",
                "IRSA_ASSOCIATION_INTERVAL"
            })
    String associationInterval = "24h";

    @Option(
            names = "--trust-policy-quota",
            paramLabel = "N",
            defaultValue = "${env:IRSA_TRUST_POLICY_QUOTA:-2048}",
            description = {
                "Maximum length of a role trust policy in this account, 2048 to 8192 characters."
                        + " Default: ${DEFAULT-VALUE}",
                "IRSA_TRUST_POLICY_QUOTA"
            })
    String trustPolicyQuota = "2048";

    @Option(
            names = "--pod-identity-agent",
            paramLabel = "detect|assume",
            defaultValue = "${env:IRSA_POD_IDENTITY_AGENT:-detect}",
            description = {
                "detect: look for the EKS Pod Identity Agent in the cluster, or for EKS Auto Mode."
                        + " assume: do not look, and assume that the nodes run it. Default: ${DEFAULT-VALUE}",
                "IRSA_POD_IDENTITY_AGENT"
            })
    String podIdentityAgent = "detect";

    /** Parses and validates the flags. */
    DeliveryConfig parse(String clusterName, ConfigReader reading) {
        Set<Delivery> delivery = delivery(reading);
        return new DeliveryConfig(
                delivery,
                eksClusterName(clusterName, delivery, reading),
                reading.durationFromHours("--association-interval", associationInterval, 1),
                reading.number("--trust-policy-quota", trustPolicyQuota, 2048, 8192),
                reading.choice("--pod-identity-agent", podIdentityAgent, List.of("detect", ASSUME))
                        .equals(ASSUME));
    }

    private Set<Delivery> delivery(ConfigReader reading) {
        Set<String> names = new HashSet<>();
        Set<Delivery> chosen = EnumSet.noneOf(Delivery.class);
        for (String name : given()) {
            if (names.add(name)) {
                chosen.add(reading.choice(DEFAULT_DELIVERY, name, Delivery.class));
            } else {
                reading.problem(DEFAULT_DELIVERY, name, "it is set more than once; set each value once");
            }
        }
        return chosen.isEmpty() ? Set.of(Delivery.IRSA) : chosen;
    }

    private List<String> given() {
        return defaultDelivery.stream().filter(Predicate.not(String::isBlank)).toList();
    }

    /** EKS allows fewer characters than --cluster-name. Clusters outside EKS keep names that EKS does not allow. */
    private String eksClusterName(String clusterName, Set<Delivery> delivery, ConfigReader reading) {
        String name = ConfigReader.given(eksClusterName).orElse(clusterName);
        boolean isUsed = ConfigReader.given(eksClusterName).isPresent() || delivery.contains(Delivery.PodIdentity);
        return isUsed
                ? reading.matching(
                        EKS_CLUSTER_NAME,
                        name,
                        EKS_NAME,
                        "it must be the name of an EKS cluster, at most 100 letters, digits, '_' and '-'")
                : name;
    }
}
