package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.ProviderRecord;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.SimulatedOperator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that can be seen of a world at rest, without what differs from one life to another: ids that the servers choose,
 * and times. Two worlds that ended alike are equal.
 *
 * @param roles by name
 * @param serviceAccounts by {@code namespace/name}
 * @param resources by {@code namespace/name}
 * @param providers by ARN
 */
record WorldView(
        Map<String, String> roles,
        Map<String, String> serviceAccounts,
        Map<String, String> resources,
        Map<String, String> providers) {
    static WorldView of(SimulatedOperator operator) {
        Map<String, String> names = new TreeMap<>();
        operator.hands()
                .resources()
                .forEach(resource -> names.put(
                        resource.getMetadata().getUid(), resource.getMetadata().getName()));
        TreeMap<String, String> ids = new TreeMap<>();
        operator.iam().roles().forEach(role -> ids.put(role.id(), "id of " + role.name()));
        return new WorldView(
                operator.iam().roles().stream().collect(Collectors.toMap(RoleRecord::name, WorldView::role)),
                operator.hands().serviceAccounts().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                account -> account.getValue().annotations() + " of "
                                        + account.getValue().managers() + " owned by "
                                        + account.getValue().owners().stream()
                                                .map(uid -> Objects.requireNonNullElse(names.get(uid), "nobody"))
                                                .sorted()
                                                .toList())),
                operator.hands().resources().stream()
                        .collect(Collectors.toMap(
                                resource -> resource.getMetadata().getNamespace() + "/"
                                        + resource.getMetadata().getName(),
                                resource -> resource(resource, ids))),
                operator.iam().console().providers().stream()
                        .collect(Collectors.toMap(
                                ProviderRecord::arn,
                                provider ->
                                        new TreeSet<>(provider.audiences()) + " " + new TreeMap<>(provider.tags()))));
    }

    private static String role(RoleRecord role) {
        return String.join(
                " | ",
                role.arn(),
                role.trust(),
                role.description(),
                Integer.toString(role.maxSessionSeconds()),
                role.boundary().orElse("-"),
                new TreeMap<>(role.tags()).toString(),
                role.attached().stream().sorted().toList().toString(),
                new TreeMap<>(role.inline()).toString());
    }

    private static String resource(IamServiceAccount resource, Map<String, String> ids) {
        String status = String.valueOf(resource.getStatus())
                .replaceAll("lastTransitionTime=[^,]*", "")
                .replaceAll("observedGeneration=[0-9]+", "");
        for (var id : ids.entrySet()) {
            status = status.replace(id.getKey(), id.getValue());
        }
        return resource.getMetadata().getFinalizers() + " " + resource.getSpec() + " " + status;
    }
}
