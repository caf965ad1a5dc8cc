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

/** What people change past the operator, in the account and in the cluster. */
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
    private int turn;

    ManualChanges(SoakMachine machine) {
        this.console = machine.iam().console();
        this.client = machine.controlPlane().client();
    }

    /** The next one of them, to what belongs to this. A role that is not there yet is left alone. */
    Runnable to(DesiredResource asked) {
        changed.add(asked.key());
        int kind = turn++ % (TO_ROLES.size() + 3);
        return switch (kind - TO_ROLES.size()) {
            case 0 -> () -> console.role(asked.role()).ifPresent(role -> console.delete(role.name()));
            case 1 -> () -> serviceAccount(asked).delete();
            case 2 -> () -> serviceAccount(asked).patch(PatchContext.of(PatchType.JSON_MERGE), """
                                {"metadata":{"annotations":{"eks.amazonaws.com/role-arn":"arn:aws:iam::111122223333:role/other"}}}""");
            default ->
                () -> console.role(asked.role()).ifPresent(role -> console.edit(role.name(), TO_ROLES.get(kind)));
        };
    }

    /** Namespace and name of all whose role or ServiceAccount was changed. */
    Set<String> changed() {
        return Set.copyOf(changed);
    }

    private Resource<ServiceAccount> serviceAccount(DesiredResource asked) {
        return client.serviceAccounts().inNamespace(asked.namespace()).withName(asked.name());
    }
}
