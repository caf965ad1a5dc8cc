package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.InlinePolicy;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.DesiredServiceAccount;
import dev.irsa.desired.Issuer;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import dev.irsa.fake.SimulatedOperator;
import dev.irsa.port.Gate.OutsideCall;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks at the whole world after every single call and fails when an invariant is broken, however briefly. What is
 * there when it begins and is not the resource's must stay as it is.
 */
final class Vigil {
    private static final String RESOURCE_TAG = "irsa.dev/resource";
    private static final String OFFER_TAG = "irsa.dev/adoptable-by";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedOperator operator;
    private final Map<String, RoleRecord> foreignRoles;
    private final Map<String, ServiceAccountRecord> foreignAccounts;
    private final Set<Set<String>> policySets = new HashSet<>();
    private final Set<String> adoptees;
    private final Set<String> orphans;
    private Map<String, String> pointers;

    private Vigil(SimulatedOperator operator) {
        this.operator = operator;
        this.foreignRoles = operator.iam().roles().stream()
                .filter(role ->
                        !role.tags().containsKey(RESOURCE_TAG) && !role.tags().containsKey(OFFER_TAG))
                .collect(Collectors.toMap(RoleRecord::name, role -> role));
        this.adoptees = operator.iam().roles().stream()
                .filter(role -> role.tags().containsKey(OFFER_TAG))
                .map(RoleRecord::name)
                .collect(Collectors.toCollection(HashSet::new));
        this.orphans = operator.iam().roles().stream()
                .filter(role -> Optional.ofNullable(role.tags().get(RESOURCE_TAG))
                        .filter(owner -> resource(owner).isEmpty())
                        .isPresent())
                .map(RoleRecord::name)
                .collect(Collectors.toCollection(HashSet::new));
        this.foreignAccounts = operator.hands().serviceAccounts().entrySet().stream()
                .filter(account -> account.getKey().contains("foreign"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        this.pointers = pointers();
    }

    /** Keeps watch over every call from now on. */
    static void over(SimulatedOperator operator) {
        Vigil vigil = new Vigil(operator);
        vigil.rememberSpecs();
        operator.gate().before(call -> vigil.rememberSpecs());
        operator.gate().after(vigil::look);
    }

    private void rememberSpecs() {
        operator.hands().resources().forEach(resource -> {
            TreeSet<String> policies = new TreeSet<>();
            resource.getSpec()
                    .policies()
                    .managed()
                    .forEach(name ->
                            policies.add(SimulatedOperator.IDENTITY.account().managedPolicy(name)));
            resource.getSpec().policies().inline().stream()
                    .map(InlinePolicy::name)
                    .forEach(policies::add);
            policySets.add(policies);
        });
    }

    private void look(OutsideCall call) {
        foreignRoles.forEach((name, before) -> assertThat(operator.iam().role(name))
                .as("foreign role after " + call)
                .contains(before));
        foreignAccounts.forEach((name, before) -> assertThat(operator.hands().serviceAccounts())
                .as("foreign ServiceAccount after " + call)
                .containsEntry(name, before));
        for (RoleRecord role : operator.iam().roles()) {
            if (role.tags().containsKey(RESOURCE_TAG)) {
                held(role, call);
                trusted(role, call);
            }
        }
        pointed(call);
    }

    /** A role that says whose it is has a resource that cannot go without it. */
    private void held(RoleRecord role, OutsideCall call) {
        String owner = Optional.ofNullable(role.tags().get(RESOURCE_TAG)).orElseThrow();
        boolean ours = operator.identity().owner("", "").sibling(role.tags()).isPresent();
        if (resource(owner)
                .filter(found -> found.hasFinalizer(IamServiceAccount.FINALIZER))
                .isPresent()) {
            orphans.remove(role.name());
        }
        if (ours && !orphans.contains(role.name())) {
            assertThat(resource(owner))
                    .as("resource of %s, held, after %s", role.name(), call)
                    .hasValueSatisfying(resource ->
                            assertThat(resource.getMetadata().getFinalizers()).contains(IamServiceAccount.FINALIZER));
        }
        assertThat(role.tags())
                .as("ownership of %s after %s", role.name(), call)
                .containsKeys("irsa.dev/cluster", "irsa.dev/cluster-id", "irsa.dev/issuer");
    }

    private Optional<IamServiceAccount> resource(String owner) {
        String[] parts = owner.split("/", 2);
        return operator.hands().resource(parts[0], parts[1]);
    }

    /** A role is adopted with the trust that it has; once that is pinned it stays pinned. */
    private void trusted(RoleRecord role, OutsideCall call) {
        if (call.action().equals("iam:UpdateAssumeRolePolicy")) {
            adoptees.remove(call.subject());
        }
        if (!adoptees.contains(role.name())) {
            pinned(role, call, operator.identity());
        }
    }

    /** Only one ServiceAccount and one audience may assume it. */
    static void pinned(RoleRecord role, Object when, ClusterIdentity cluster) {
        JsonNode statements;
        try {
            statements = JSON.readTree(role.trust()).path("Statement");
        } catch (JsonProcessingException e) {
            throw new AssertionError(role.trust(), e);
        }
        assertThat(statements).as("trust of %s after %s", role.name(), when).isNotEmpty();
        for (JsonNode statement : statements) {
            JsonNode condition = statement.path("Condition");
            assertThat(condition.properties()).as(role.trust()).hasSize(1);
            JsonNode equal = condition.path("StringEquals");
            assertThat(equal.properties()).as(role.trust()).hasSize(2);
            TreeSet<String> issuers = new TreeSet<>(cluster.past().issuers());
            issuers.add(cluster.issuer().url());
            assertThat(issuers).as(role.trust()).anySatisfy(issuer -> {
                for (String claim : new String[] {":sub", ":aud"}) {
                    assertThat(equal.path(new Issuer(issuer).hostAndPath() + claim)
                                    .asText())
                            .isNotEmpty()
                            .doesNotContain("*", "?", "$");
                }
            });
        }
    }

    /** What comes to point at a role points at a whole one, and nothing points at a role that we delete. */
    private void pointed(OutsideCall call) {
        Map<String, String> now = pointers();
        now.forEach((account, arn) -> {
            if (call.action().equals("iam:DeleteRole")) {
                assertThat(arn).as("pointer of %s", account).doesNotEndWith("/" + call.subject());
            }
            if (!arn.equals(pointers.get(account))) {
                assertThat(operator.iam().roles())
                        .as("role that %s came to point at", account)
                        .filteredOn(role -> role.arn().equals(arn))
                        .singleElement()
                        .satisfies(role -> assertThat(policySets).contains(policies(role)));
            }
        });
        pointers = now;
    }

    private static Set<String> policies(RoleRecord role) {
        TreeSet<String> policies = new TreeSet<>(role.attached());
        policies.addAll(role.inline().keySet());
        return policies;
    }

    private Map<String, String> pointers() {
        return operator.hands().serviceAccounts().entrySet().stream()
                .filter(account -> !account.getKey().contains("foreign"))
                .filter(account -> account.getValue().annotations().containsKey(DesiredServiceAccount.ROLE_ARN))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        account -> account.getValue().annotations().get(DesiredServiceAccount.ROLE_ARN)));
    }
}
