package dev.irsa.performance.soak;

import dev.irsa.fixtures.iam.Console;
import dev.irsa.fixtures.iam.RoleRecord;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes manual changes in the account and in the cluster. */
final class ManualChanges {
    private static final String ANYBODY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}""";

    private static final List<UnaryOperator<RoleRecord>> TO_ROLES = List.of(
            role -> role.withTrust(ANYBODY),
            role -> role.withAllAttached(List.of()),
            role -> role.withAttached(DesiredResource.MANAGED + "AdministratorAccess"),
            role -> role.withAllInline(Map.of()),
            role -> role.withDescription("made by hand"),
            role -> role.withoutTag("team"));

    private final Console console;
    private final KubernetesClient client;
    private final Set<String> changed = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private int next;

    ManualChanges(SoakMachine machine) {
        this.console = machine.iam().console();
        this.client = machine.controlPlane().client();
    }

    /** Returns the next change for a resource. A role that does not exist yet is not changed. */
    Runnable to(DesiredResource desired) {
        changed.add(desired.key());
        int kind = next++ % (TO_ROLES.size() + 3);
        if (kind == TO_ROLES.size()) {
            deleted.add(desired.key());
        }
        return switch (kind - TO_ROLES.size()) {
            case 0 -> () -> console.role(desired.role()).ifPresent(role -> console.delete(role.name()));
            case 1 -> () -> serviceAccount(desired).delete();
            case 2 -> () -> serviceAccount(desired).patch(PatchContext.of(PatchType.JSON_MERGE), """
                                {"metadata":{"annotations":{"eks.amazonaws.com/role-arn":"arn:aws:iam::111122223333:role/other"}}}""");
            default ->
                () -> console.role(desired.role()).ifPresent(role -> console.edit(role.name(), TO_ROLES.get(kind)));
        };
    }

    /** Returns the reasons of the warnings that these changes explain, each with the changed resources as {@code namespace/name}. */
    Map<String, Set<String>> explained() {
        return Map.of("RoleLeftovers", Set.copyOf(changed), "RoleRecreated", Set.copyOf(deleted));
    }

    private Resource<ServiceAccount> serviceAccount(DesiredResource desired) {
        return client.serviceAccounts().inNamespace(desired.namespace()).withName(desired.name());
    }
}
