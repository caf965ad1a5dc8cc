package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.PodIdentityStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.FileAccess;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.fixtures.reconcile.Statuses;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds inventories for tests; every ServiceAccount is in the namespace shop. */
final class Inventories {
    static final Inventory EMPTY =
            new Inventory(List.of(), List.of(), Optional.of(List.of()), Optional.empty(), Map.of());

    private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

    private Inventories() {}

    static String arn(String role) {
        return "arn:aws:iam::111122223333:role/" + role;
    }

    static Inventory with(List<Workload> accounts, List<IamServiceAccount> resources, ObservedPod... pods) {
        return new Inventory(accounts, resources, Optional.of(List.of(pods)), Optional.empty(), Map.of());
    }

    static Workload account(String name) {
        return new Workload("shop", name, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    static Workload annotated(String name, String arn, String manager) {
        String key = "eks.amazonaws.com/role-arn";
        return new Workload(
                "shop", name, new TreeMap<>(), new TreeMap<>(Map.of(key, arn)), new TreeMap<>(Map.of(key, manager)));
    }

    /** A resource that no operator has observed. */
    static IamServiceAccount resource(String name) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
        resource.setSpec(IamServiceAccountSpec.DEFAULT);
        return resource;
    }

    static IamServiceAccount notReady(String name, String reason) {
        IamServiceAccount resource = resource(name);
        resource.setStatus(Statuses.of(1, null, null, List.of(), List.of(condition("False", reason))));
        return resource;
    }

    static IamServiceAccount ready(String name, String arn) {
        IamServiceAccount resource = resource(name);
        resource.setStatus(Statuses.of(
                1,
                arn,
                new RoleStatus(name, "AROA1", Map.of(), List.of()),
                null,
                List.of(),
                List.of(condition("True", "UpToDate"))));
        return resource;
    }

    /** A resource whose role does not have what an entitlement requires. */
    static IamServiceAccount missing(IamServiceAccount resource, List<String> requirements) {
        IamServiceAccountStatus status = Objects.requireNonNull(resource.getStatus());
        resource.setStatus(status.with(requirements, status.conditions()));
        return resource;
    }

    static IamServiceAccount withAssociation(String name, String arn, String id) {
        IamServiceAccount resource = resource(name);
        resource.setStatus(Statuses.delivered(
                Statuses.of(
                        1,
                        arn,
                        new RoleStatus(name, "AROA1", Map.of(), List.of()),
                        null,
                        List.of(),
                        List.of(condition("True", "UpToDate"))),
                List.of(Delivery.PodIdentity),
                new PodIdentityStatus(List.of(new AssociationStatus(name, id, "arn:" + id))),
                List.of()));
        return resource;
    }

    private static Condition condition(String status, String reason) {
        return new Condition("Ready", status, 1, "2026-11-27T10:00:00Z", reason, "why");
    }

    /** A pod that the webhook did not change. */
    static ObservedPod pod(String account) {
        return pod(account, Map.of(), Map.of(), false, 0);
    }

    static ObservedPod irsaPod(String account, String arn) {
        return pod(
                account,
                Map.of("AWS_ROLE_ARN", arn, "AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/secrets/token"),
                Map.of(),
                true,
                0);
    }

    static ObservedPod podIdentityPod(String account) {
        return podIdentityPod(account, 0);
    }

    /** A pod that was created this many minutes after the others. */
    static ObservedPod podIdentityPod(String account, int minutes) {
        return pod(
                account,
                Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials"),
                Map.of(),
                false,
                minutes);
    }

    static ObservedPod pod(
            String account,
            Map<String, String> environment,
            Map<String, String> labels,
            boolean injected,
            int minutes) {
        return new ObservedPod(
                "shop",
                account + "-1",
                account,
                Optional.of("node"),
                START.plusSeconds(60L * minutes),
                true,
                false,
                new TreeMap<>(labels),
                new TreeSet<>(),
                injected ? Optional.of(new TokenVolume("sts.amazonaws.com", true)) : Optional.empty(),
                new FileAccess(false, false),
                List.of(new Container(
                        "main", new TreeMap<>(environment), new TreeSet<>(environment.keySet()), new TreeSet<>())));
    }

    static ObservedPod finished(ObservedPod pod) {
        return new ObservedPod(
                pod.namespace(),
                pod.name(),
                pod.serviceAccount(),
                pod.node(),
                pod.createdAt(),
                false,
                pod.hostNetwork(),
                pod.labels(),
                pod.skippedContainers(),
                pod.token(),
                pod.fileAccess(),
                pod.containers());
    }
}
