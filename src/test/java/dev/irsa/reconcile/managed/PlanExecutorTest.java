package dev.irsa.reconcile.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.fixtures.cluster.InMemoryCluster;
import dev.irsa.fixtures.eks.NoAssociations;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.association.AssociationReader;
import dev.irsa.reconcile.association.AssociationWriter;
import dev.irsa.reconcile.managed.PlanExecutor.Execution;
import dev.irsa.reconcile.memory.FinalizerState;
import dev.irsa.reconcile.memory.ResourceMemory;
import dev.irsa.reconcile.role.RoleReader;
import dev.irsa.reconcile.role.RoleWriter;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanExecutorTest {
    private static final DesiredRole DESIRED = SampleRole.desired();
    private static final RoleChange CREATE = new CreateRole(DESIRED);
    private static final RoleChange ATTACH = new AttachRolePolicy(DESIRED.name(), "arn:new");
    private static final RoleChange DETACH = new DetachRolePolicy(DESIRED.name(), "arn:old");
    private static final Change CREATE_ACCOUNT = new CreateServiceAccount("invoices", new TreeMap<>());
    private static final Failure MISSING =
            new AwsFailure.Refused(Reason.PolicyNotFound, "iam:AttachRolePolicy", "no such policy");
    private static final Failure QUOTA = new AwsFailure.Refused(Reason.QuotaExceeded, "iam:AttachRolePolicy", "10");
    private static final RoleState EXISTING = new RoleState(
            ChangeEffect.created(DESIRED, SampleRole.ID).role(), ObservedPolicies.of(Set.of("arn:old"), Map.of()));

    private static final IamServiceAccountSpec LISTING =
            Serialization.unmarshal("serviceAccounts: [{name: invoices}, {name: worker}]", IamServiceAccountSpec.class);

    private static final ClusterIdentity CLUSTER = SampleCluster.of(
            "prod",
            "id",
            new Issuer("https://oidc.example.com"),
            new AwsAccount("aws", "111122223333", "irsa-operator"),
            "/irsa/prod/");

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryCluster cluster = new InMemoryCluster(clock, CallInterceptor.NONE);
    private final IamServiceAccount resource =
            cluster.users().apply("payments", "invoices", IamServiceAccountSpec.DEFAULT);
    private final ResourceMemory memory = new ResourceMemory(
            ResourceRef.of(resource),
            WriteHistory.of(new WritingProcess(Duration.ofSeconds(60), clock.instant(), clock.instant())));
    private final Run run = Run.of(resource, memory, false);
    private final RecordingRoles roles = new RecordingRoles();
    private final PlanExecutor executor = new PlanExecutor(
            new FinalizerGuard(cluster, () -> CLUSTER, clock),
            new RoleWriter(roles, new RoleReader(roles, clock), clock),
            new AssociationWriter(new NoAssociations(), new AssociationReader(new NoAssociations()), clock),
            cluster,
            clock);

    @Test
    void appliesChangesInOrder() {
        Execution execution = apply(List.of(CREATE, ATTACH, CREATE_ACCOUNT));

        assertThat(execution.applied().changes()).containsExactly(CREATE, ATTACH, CREATE_ACCOUNT);
        assertThat(execution.applied().failure()).isEmpty();
        assertThat(execution.role())
                .contains(new RoleState(EXISTING.role(), ObservedPolicies.of(Set.of("arn:new"), Map.of())));
        assertThat(roles.applied).containsExactly(CREATE, ATTACH);
        assertThat(cluster.users().serviceAccount("payments", "invoices")).isPresent();
        assertThat(hasFinalizer()).isTrue();
        assertThat(memory.finalizer()).isEqualTo(FinalizerState.USED);
    }

    @Test
    void addsFinalizerIfAskedEvenWithoutChanges() {
        assertThat(executor.apply(run, Plan.NOTHING, DESIRED, Optional.empty(), false)
                        .applied()
                        .failure())
                .isEmpty();
        assertThat(hasFinalizer()).isFalse();

        assertThat(executor.apply(run, Plan.NOTHING, DESIRED, Optional.empty(), true)
                        .applied()
                        .failure())
                .isEmpty();
        assertThat(hasFinalizer()).isTrue();
    }

    @Test
    void writesNothingIfFinalizerCannotBeAdded() {
        cluster.users().lose("payments", "invoices");

        for (boolean addFinalizer : new boolean[] {true, false}) {
            Execution execution =
                    executor.apply(run, Plan.of(List.of(CREATE)), DESIRED, Optional.empty(), addFinalizer);

            assertThat(execution.applied().changes()).isEmpty();
            assertThat(execution.applied().failure()).map(Failure::reason).contains(Reason.Reconciling);
            assertThat(roles.applied).isEmpty();
        }
    }

    /** The status names a ServiceAccount so that what is set up for it can be found again. */
    @Test
    void deletesAnAssociationOfAServiceAccountThatTheStatusDoesNotName() {
        IamServiceAccount listing = cluster.users().apply("payments", "invoices", LISTING);
        List<Change> deletion = List.of(new DeletePodIdentityAssociation("a-1", "worker"));
        List<Change> creation = List.of(new CreateServiceAccount("worker", new TreeMap<>()));

        assertThat(failure(listing, deletion)).doesNotContain("recording ServiceAccount");
        assertThat(failure(listing, creation)).contains("recording ServiceAccount worker");
    }

    private String failure(IamServiceAccount listing, List<Change> changes) {
        return executor.apply(Run.of(listing, memory, false), Plan.of(changes), DESIRED, Optional.empty(), false)
                .applied()
                .failure()
                .map(Failure::message)
                .orElse("");
    }

    @Test
    void stopsAtFirstFailure() {
        roles.fail(ATTACH, MISSING, 1);

        Execution execution = apply(List.of(CREATE, ATTACH, CREATE_ACCOUNT));

        assertThat(execution.applied().changes()).containsExactly(CREATE);
        assertThat(execution.applied().failure()).contains(MISSING);
        assertThat(execution.role()).contains(new RoleState(EXISTING.role(), ObservedPolicies.NONE));
        assertThat(cluster.users().serviceAccount("payments", "invoices")).isEmpty();
    }

    @Test
    void freesQuotaBeforeItTriesAgain() {
        memory.role().seen(EXISTING, clock.instant());
        roles.fail(ATTACH, QUOTA, 1);

        Execution execution = apply(List.of(ATTACH, DETACH, CREATE_ACCOUNT));

        assertThat(execution.applied().failure()).isEmpty();
        assertThat(execution.applied().changes()).containsExactly(DETACH, ATTACH, CREATE_ACCOUNT);
        assertThat(roles.applied).containsExactly(DETACH, ATTACH);
    }

    @Test
    void freesQuotaOnlyOnce() {
        memory.role().seen(EXISTING, clock.instant());
        roles.fail(ATTACH, QUOTA, 2);

        Execution execution = apply(List.of(ATTACH, DETACH));

        assertThat(execution.applied().failure()).contains(QUOTA);
        assertThat(execution.applied().changes()).containsExactly(DETACH);
        assertThat(execution.role()).contains(new RoleState(EXISTING.role(), ObservedPolicies.NONE));
    }

    @Test
    void revokesNothingAfterOtherFailures() {
        memory.role().seen(EXISTING, clock.instant());
        roles.fail(ATTACH, MISSING, 1);

        assertThat(apply(List.of(ATTACH, DETACH)).applied().failure()).contains(MISSING);
        assertThat(roles.applied).isEmpty();
    }

    @Test
    void keepsOwnedRoleIfOnlyServiceAccountChanges() {
        Execution execution =
                executor.apply(run, Plan.of(List.of(CREATE_ACCOUNT)), DESIRED, Optional.of(EXISTING), false);

        assertThat(execution.role()).contains(EXISTING);
        assertThat(execution.applied().changes()).containsExactly(CREATE_ACCOUNT);
    }

    @Test
    void reportsThatNameIsTaken() {
        roles.fail(CREATE, new AwsFailure.AlreadyExists("x"), 1);

        Execution execution = apply(List.of(CREATE, ATTACH));

        assertThat(execution.isNameTaken()).isTrue();
        assertThat(execution.role()).isEmpty();
        assertThat(roles.applied).isEmpty();
    }

    @Test
    void reportsInternalError() {
        roles.failEveryChangeWith(new IllegalStateException("bug"));

        Execution execution = apply(List.of(CREATE));

        assertThat(execution.applied().failure())
                .contains(new Failure.Passing(
                        Reason.InternalError,
                        "internal error: IllegalStateException: bug; report it with the stack trace in the"
                                + " operator's log"));
        assertThat(execution.isNameTaken()).isFalse();
    }

    private Execution apply(List<Change> changes) {
        return executor.apply(
                run, Plan.of(changes), DESIRED, memory.role().known().role(), false);
    }

    private boolean hasFinalizer() {
        return cluster.users()
                .resource("payments", "invoices")
                .filter(stored -> stored.hasFinalizer(IamServiceAccount.FINALIZER))
                .isPresent();
    }

    /** Accepts every change, except those that fail as often as the test says. */
    private static final class RecordingRoles implements Roles {
        private final List<RoleChange> applied = new ArrayList<>();
        private final Map<RoleChange, Deque<Failure>> failures = new HashMap<>();
        private Optional<RuntimeException> error = Optional.empty();

        void fail(RoleChange change, Failure failure, int howOften) {
            failures.put(change, new ArrayDeque<>(Collections.nCopies(howOften, failure)));
        }

        void failEveryChangeWith(RuntimeException thrown) {
            error = Optional.of(thrown);
        }

        @Override
        public String create(CreateRole change) {
            apply(change);
            return SampleRole.ID;
        }

        @Override
        public void apply(RoleChange change) {
            if (error.isPresent()) {
                throw error.get();
            }
            Deque<Failure> ahead = failures.getOrDefault(change, new ArrayDeque<>());
            if (!ahead.isEmpty()) {
                throw new FailureException(ahead.pop());
            }
            applied.add(change);
        }

        @Override
        public Optional<ObservedRole> role(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<CreatedRole> roleWithCreationTime(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ObservedTrust> trust(String roleName) {
            return Optional.empty();
        }

        @Override
        public ObservedPolicies policies(String roleName) {
            return ObservedPolicies.NONE;
        }

        @Override
        public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
            return Optional.empty();
        }

        @Override
        public List<String> instanceProfiles(String roleName) {
            return List.of();
        }
    }
}
