package dev.irsa.performance.soak;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.iam.RoleRecord;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the cluster and the account with the desired state. */
record StateVerifier(SoakMachine machine) {
    /** Returns a sentence for each difference, leftover, and changed role of another owner. */
    List<String> differences(List<DesiredResource> asked) {
        KubernetesClient client = machine.controlPlane().client();
        Map<String, IamServiceAccount> resources = byKey(client.resources(IamServiceAccount.class)
                .inAnyNamespace()
                .list()
                .getItems());
        Map<String, ServiceAccount> accounts =
                byKey(client.serviceAccounts().inAnyNamespace().list().getItems());
        Map<String, RoleRecord> roles =
                machine.iam().roles().stream().collect(Collectors.toMap(RoleRecord::name, Function.identity()));
        List<String> found = new ArrayList<>();
        for (DesiredResource one : asked) {
            String key = one.key();
            Optional<RoleRecord> role = Optional.ofNullable(roles.remove(one.role()));
            if (!isReady(Optional.ofNullable(resources.remove(key)))) {
                found.add(key + " is not Ready");
            }
            role.ifPresentOrElse(
                    there -> found.addAll(one.differences(there)),
                    () -> found.add("role " + one.role() + " is missing"));
            if (!arn(Optional.ofNullable(accounts.get(key)))
                    .equals(role.map(RoleRecord::arn).orElse(""))) {
                found.add("ServiceAccount " + key + " is not annotated with its role");
            }
        }
        for (RoleRecord foreign : machine.foreign()) {
            if (!foreign.equals(roles.remove(foreign.name()))) {
                found.add("role " + foreign.name() + " of another owner was changed");
            }
        }
        resources.keySet().forEach(key -> found.add(key + " was deleted but still exists"));
        roles.keySet().forEach(name -> found.add("role " + name + " is left over"));
        return found;
    }

    private static boolean isReady(Optional<IamServiceAccount> resource) {
        return resource.flatMap(there -> there.ready()
                        .filter(ready -> ready.status().equals("True")
                                && ready.observedGeneration()
                                        == there.getMetadata().getGeneration()))
                .isPresent();
    }

    private static String arn(Optional<ServiceAccount> account) {
        return account.flatMap(there -> Optional.ofNullable(there.getMetadata().getAnnotations()))
                .map(annotations -> annotations.getOrDefault("eks.amazonaws.com/role-arn", ""))
                .orElse("");
    }

    private static <T extends HasMetadata> Map<String, T> byKey(List<T> objects) {
        return objects.stream()
                .collect(Collectors.toMap(
                        object -> object.getMetadata().getNamespace() + "/"
                                + object.getMetadata().getName(),
                        Function.identity(),
                        (one, other) -> other,
                        HashMap::new));
    }
}
