package dev.irsa.kubectl.get;

import static dev.irsa.kubectl.get.Inventories.EMPTY;
import static dev.irsa.kubectl.get.Inventories.account;
import static dev.irsa.kubectl.get.Inventories.annotated;
import static dev.irsa.kubectl.get.Inventories.arn;
import static dev.irsa.kubectl.get.Inventories.notReady;
import static dev.irsa.kubectl.get.Inventories.ready;
import static dev.irsa.kubectl.get.Inventories.with;
import static dev.irsa.kubectl.get.Inventories.withAssociation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.RoleReads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventoryReaderTest {
    private static FailureException denied() {
        return new FailureException(new Failure.AccessDenied("iam:GetRole", "no policy allows it"));
    }

    private static FailureException noCredentials() {
        return new FailureException(
                new Failure.Passing(Reason.CredentialsUnavailable, "the operator has no AWS credentials"));
    }

    private final List<String> warnings = new ArrayList<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final InventoryReader reader =
            new InventoryReader(new Scope(Optional.of("shop"), Optional.empty()), warnings::add);

    @Test
    void readsEachRoleOfOthersOnce() throws InterruptedException {
        Inventory cluster = with(
                List.of(
                        annotated("cart", arn("mine"), "irsa-operator"),
                        annotated("one", arn("shared"), "helm"),
                        annotated("two", arn("shared"), "helm")),
                List.of(ready("cart", arn("mine"))));

        Inventory read = withRoles(cluster, new Roles(name -> Optional.of(role(arn(name), "team", "shop"))));

        assertThat(asked).containsExactly("shared");
        assertThat(read.roleTags()).containsOnlyKeys(arn("shared"));
        assertThat(read.roleTags().get(arn("shared"))).containsEntry("team", "shop");
        assertThat(warnings).isEmpty();
    }

    @Test
    void ignoresRoleOfThatNameInAnotherAccount() throws InterruptedException {
        Inventory cluster = with(List.of(annotated("cart", "arn:aws:iam::444455556666:role/cart", "helm")), List.of());

        Inventory read = withRoles(cluster, new Roles(name -> Optional.of(role(arn(name), "irsa-controller", "y"))));

        assertThat(read.roleTags()).isEmpty();
    }

    @Test
    void asksIamForNothingThatIsNoRole() throws InterruptedException {
        withRoles(
                with(List.of(annotated("cart", "not-an-arn", "helm")), List.of()), new Roles(name -> Optional.empty()));

        assertThat(asked).isEmpty();
    }

    @Test
    void warnsOnceAndReadsOnWhenSomeRolesAreDenied() throws InterruptedException {
        Inventory read = withRoles(many(20), new Roles(name -> {
            if (name.equals("role-3")) {
                return Optional.of(role(arn(name), "team", "shop"));
            }
            throw denied();
        }));

        assertThat(read.roleTags()).containsOnlyKeys(arn("role-3"));
        assertThat(warnings)
                .containsExactly(
                        "the tags of some roles are not used: account 111122223333: you do not have the permission"
                                + " iam:GetRole: no policy allows it");
        assertThat(read.accounts().notRead()).containsOnlyKeys("111122223333");
    }

    @Test
    void stopsReadingWithoutCredentials() throws InterruptedException {
        withRoles(many(200), new Roles(name -> {
            throw noCredentials();
        }));

        assertThat(asked).hasSizeLessThan(50);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).contains("your AWS credentials are missing");
    }

    @Test
    void describesOnlyAssociationsOfOthersInTheNamespace() throws InterruptedException {
        Inventory cluster =
                with(List.of(account("cart"), account("web")), List.of(withAssociation("cart", arn("mine"), "a-1")));
        var eks = new Associations(
                List.of(listed("a-1", "shop", "cart"), listed("a-2", "shop", "web"), listed("a-3", "other", "web")),
                id -> Optional.of(association(id, arn("theirs"))));

        Inventory read = reader.withAssociations(cluster, eks);

        assertThat(asked).containsExactly("a-2");
        assertThat(read.associations().orElseThrow())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new AccountKey("shop", "cart"), new Association("a-1", Optional.of(arn("mine"))),
                        new AccountKey("shop", "web"), new Association("a-2", Optional.of(arn("theirs")))));
    }

    @Test
    void describesAssociationsOfTheOperatorIfTheyMustBeCurrent() throws InterruptedException {
        Inventory cluster = with(List.of(account("cart")), List.of(withAssociation("cart", arn("mine"), "a-1")));
        var eks = new Associations(
                List.of(listed("a-1", "shop", "cart")), id -> Optional.of(association(id, arn("theirs"))));

        Inventory read = reader.withCurrentAssociations(cluster, eks);

        assertThat(read.associations().orElseThrow())
                .containsExactly(
                        entry(new AccountKey("shop", "cart"), new Association("a-1", Optional.of(arn("theirs")))));
    }

    @Test
    void continuesWithoutAssociationsThatCannotBeListed() throws InterruptedException {
        Inventory read = reader.withAssociations(EMPTY, new Associations(List.of(), id -> Optional.empty()) {
            @Override
            public List<Listed> list() {
                throw denied();
            }
        });

        assertThat(read.associations()).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void continuesWithoutPodsAndResourcesThatCannotBeListed() {
        Workloads workloads = new Workloads(List.of(annotated("cart", arn("cart"), "helm")), List.of()) {
            @Override
            public List<IamServiceAccount> resources(Optional<String> namespace) {
                throw denied();
            }
        };

        Inventory read = reader.cluster(workloads);

        assertThat(read.serviceAccounts()).hasSize(1);
        assertThat(read.pods()).isEmpty();
        assertThat(warnings)
                .satisfiesExactlyInAnyOrder(
                        warning -> assertThat(warning).startsWith("IamServiceAccounts are not shown: "),
                        warning -> assertThat(warning).startsWith("pods are not counted: "));
    }

    @Test
    void failsWithoutServiceAccounts() {
        FailureException failure = denied();
        Workloads denied = new Workloads(List.of(), List.of()) {
            @Override
            public List<Workload> serviceAccounts(Optional<String> namespace) {
                throw failure;
            }
        };

        assertThatThrownBy(() -> reader.cluster(denied)).isSameAs(failure);
    }

    @Test
    void readsOneServiceAccountAndItsResources() {
        InventoryReader one = new InventoryReader(new Scope(Optional.of("shop"), Optional.of("cart")), warnings::add);

        Inventory read = one.cluster(new Workloads(
                List.of(account("cart"), account("web")),
                List.of(notReady("cart", "NotEntitled"), notReady("web", "NotEntitled"))));
        assertThat(read.serviceAccounts())
                .extracting(WorkloadReads.Workload::name)
                .containsExactly("cart");
        assertThat(read.resources()).hasSize(1);
    }

    private static Inventory many(int roles) {
        return with(
                IntStream.range(0, roles)
                        .mapToObj(i -> annotated("sa-" + i, arn("role-" + i), "helm"))
                        .toList(),
                List.of());
    }

    private static ObservedRole role(String arn, String key, String value) {
        return new ObservedRole(
                arn,
                "/",
                arn,
                "AROA1",
                "",
                3600,
                Optional.empty(),
                new TreeMap<>(Map.of(key, value)),
                PolicyFingerprint.UNKNOWN,
                Optional.empty());
    }

    private static AssociationReads.Listed listed(String id, String namespace, String account) {
        return new AssociationReads.Listed(id, "arn:" + id, namespace, account, Optional.empty());
    }

    private static ObservedAssociation association(String id, String role) {
        return new ObservedAssociation(
                id, "arn:" + id, "shop", "web", role, new TreeMap<>(), Optional.empty(), AssociationOptions.NONE);
    }

    private final class Roles implements RoleReads {
        private final Function<String, Optional<ObservedRole>> answer;

        Roles(Function<String, Optional<ObservedRole>> answer) {
            this.answer = answer;
        }

        @Override
        public Optional<ObservedRole> role(String name) {
            asked.add(name);
            return answer.apply(name);
        }

        @Override
        public Optional<CreatedRole> roleWithCreationTime(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ObservedTrust> trust(String roleName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ObservedPolicies policies(String roleName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> instanceProfiles(String roleName) {
            throw new UnsupportedOperationException();
        }
    }

    private class Associations implements AssociationReads {
        private final List<Listed> all;
        private final Function<String, Optional<ObservedAssociation>> answer;

        Associations(List<Listed> all, Function<String, Optional<ObservedAssociation>> answer) {
            this.all = all;
            this.answer = answer;
        }

        @Override
        public List<Listed> list() {
            return all;
        }

        @Override
        public Optional<Listed> find(String namespace, String serviceAccount) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ObservedAssociation> describe(String id) {
            asked.add(id);
            return answer.apply(id);
        }
    }

    /** A cluster whose pods may not be listed. */
    private static class Workloads implements WorkloadReads {
        private final List<Workload> accounts;
        private final List<IamServiceAccount> resources;

        Workloads(List<Workload> accounts, List<IamServiceAccount> resources) {
            this.accounts = accounts;
            this.resources = resources;
        }

        @Override
        public List<Workload> serviceAccounts(Optional<String> namespace) {
            return accounts;
        }

        @Override
        public Optional<Workload> serviceAccount(String namespace, String name) {
            return accounts.stream()
                    .filter(account -> account.name().equals(name))
                    .findFirst();
        }

        @Override
        public List<ObservedPod> pods(Optional<String> namespace) {
            throw denied();
        }

        @Override
        public List<IamServiceAccount> resources(Optional<String> namespace) {
            return resources;
        }
    }

    private Inventory withRoles(Inventory inventory, RoleReads roles) throws InterruptedException {
        return reader.withRoles(inventory, _ -> Evidence.of(roles));
    }
}
