package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.desired.Desired;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.port.Cluster;
import dev.irsa.port.DefinitionState;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import dev.irsa.port.ResourceRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The API server in memory, as the operator meets it: every operation passes the gate, reads included. Answers in the
 * failures that the real edge makes of the real answers. {@link #hands()} are a user's.
 */
public final class InMemoryCluster implements Cluster {
    private final KubernetesObjects objects;
    private final Gate gate;
    private final ClusterHands hands;
    private Supplier<Map<String, ServiceAccountRecord>> watched;

    public InMemoryCluster(InstantSource clock, Gate gate) {
        this(new KubernetesObjects(clock), gate);
    }

    private InMemoryCluster(KubernetesObjects objects, Gate gate) {
        this.objects = objects;
        this.gate = gate;
        this.hands = new ClusterHands(objects);
        this.watched = objects::serviceAccounts;
    }

    /** From now on the watch shows the ServiceAccounts as they are at this moment. */
    void serviceAccountsStandStill() {
        Map<String, ServiceAccountRecord> still = objects.serviceAccounts();
        watched = () -> still;
    }

    /** The same cluster, as another process meets it. */
    public InMemoryCluster behind(Gate another) {
        return new InMemoryCluster(objects, another);
    }

    /** The cluster in the hands of its users and of other controllers. */
    public ClusterHands hands() {
        return hands;
    }

    @Override
    public ObservedServiceAccount serviceAccount(String namespace, String name) {
        return observed("get serviceaccounts", namespace, name, watched);
    }

    @Override
    public ObservedServiceAccount serviceAccountNow(String namespace, String name) {
        return observed("list serviceaccounts", namespace, name, objects::serviceAccounts);
    }

    private ObservedServiceAccount observed(
            String action, String namespace, String name, Supplier<Map<String, ServiceAccountRecord>> accounts) {
        return gate.pass(
                new OutsideCall(action, name),
                () -> Optional.ofNullable(accounts.get().get(KubernetesObjects.key(namespace, name)))
                        .map(ServiceAccountRecord::observed)
                        .orElseGet(ObservedServiceAccount.Absent::new));
    }

    @Override
    public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return gate.pass(
                new OutsideCall("list iamserviceaccounts", serviceAccount),
                () -> objects.resources().stream()
                        .filter(resource ->
                                resource.getMetadata().getNamespace().equals(namespace))
                        .filter(resource -> Desired.serviceAccountName(
                                        resource.getMetadata().getName(), resource.getSpec())
                                .equals(serviceAccount))
                        .toList());
    }

    @Override
    public void hold(ResourceRef ref) {
        gate.pass(new OutsideCall("patch iamserviceaccounts", ref.name()), () -> {
            IamServiceAccount resource = same(ref);
            if (resource.isMarkedForDeletion()) {
                throw moved("the object is going, or another has taken its name");
            }
            objects.edit(resource, held -> {
                held.addFinalizer(IamServiceAccount.FINALIZER);
                return held;
            });
        });
    }

    @Override
    public void letGo(ResourceRef ref) {
        gate.pass(
                new OutsideCall("patch iamserviceaccounts", ref.name()),
                () -> objects.resource(key(ref))
                        .filter(resource -> resource.getMetadata().getUid().equals(ref.uid()))
                        .ifPresent(resource -> objects.edit(resource, free -> {
                            free.removeFinalizer(IamServiceAccount.FINALIZER);
                            return free;
                        })));
    }

    @Override
    public boolean shows(String namespace, String name) {
        return objects.resource(KubernetesObjects.key(namespace, name)).isPresent();
    }

    @Override
    public Optional<String> uidNow(String namespace, String name) {
        return gate.pass(
                new OutsideCall("get iamserviceaccounts", name),
                () -> objects.resource(KubernetesObjects.key(namespace, name))
                        .map(resource -> resource.getMetadata().getUid()));
    }

    @Override
    public DefinitionState definition() {
        return gate.pass(new OutsideCall("get customresourcedefinitions", ""), () -> objects.definition());
    }

    @Override
    public Optional<Instant> definedSince() {
        return gate.pass(new OutsideCall("get customresourcedefinitions", ""), () -> objects.definedSince());
    }

    /** Writes the status, as the framework does; one of an object that has gone is no longer needed. */
    public void writeStatus(ResourceRef ref, IamServiceAccountStatus status) {
        gate.pass(
                new OutsideCall("patch iamserviceaccounts/status", ref.name()),
                () -> objects.resource(key(ref))
                        .filter(resource -> resource.getMetadata().getUid().equals(ref.uid()))
                        .ifPresent(resource -> objects.edit(resource, told -> {
                            told.setStatus(status);
                            return told;
                        })));
    }

    @Override
    public void apply(ResourceRef ref, ServiceAccountChange change) {
        boolean creates = change instanceof CreateServiceAccount;
        String action = (creates ? "create" : "patch") + " serviceaccounts";
        gate.pass(new OutsideCall(action, change.name()), () -> {
            String key = KubernetesObjects.key(ref.namespace(), change.name());
            objects.put(key, written(ref, key, change));
        });
    }

    private ServiceAccountRecord written(ResourceRef ref, String key, ServiceAccountChange change) {
        return switch (change) {
            case CreateServiceAccount create -> created(ref, key, create);
            case AnnotateServiceAccount annotate -> {
                ServiceAccountRecord found = same(key, annotate.uid());
                yield annotate.made()
                                || found.wasUpdatedByUs(annotate.annotations().keySet())
                        ? found.updated(ServiceAccountRecord.OPERATOR, annotate.annotations(), annotate.obsolete())
                        : applied(annotate.name(), found, annotate.annotations());
            }
            case ReleaseServiceAccount release -> {
                ServiceAccountRecord found = same(key, release.uid());
                if (!release.made()) {
                    ServiceAccountRecord left = found.wasUpdatedByUs(release.obsolete())
                            ? found.updated(ServiceAccountRecord.OPERATOR, Map.of(), release.obsolete())
                            : found;
                    yield applied(release.name(), left, Map.of());
                }
                TreeSet<String> owners = new TreeSet<>(found.owners());
                release.heir().ifPresent(heir -> {
                    owners.remove(ref.uid());
                    owners.add(heir.uid());
                });
                yield found.updated(ServiceAccountRecord.OPERATOR, Map.of(), release.obsolete())
                        .ownedBy(owners);
            }
        };
    }

    private ServiceAccountRecord created(ResourceRef ref, String key, CreateServiceAccount create) {
        if (objects.isTerminating(ref.namespace())) {
            throw moved("the namespace is being deleted");
        }
        if (objects.serviceAccount(key).isPresent()) {
            throw moved("the object changed while it was written: serviceaccounts \"" + create.name()
                    + "\" already exists");
        }
        return ServiceAccountRecord.bare(objects.newUid())
                .updated(ServiceAccountRecord.OPERATOR, create.annotations(), Set.of())
                .ownedBy(Set.of(ref.uid()));
    }

    private static ServiceAccountRecord applied(String name, ServiceAccountRecord found, Map<String, String> values) {
        Set<String> conflicts = found.conflicts(ServiceAccountRecord.OPERATOR_APPLIES, values);
        if (!conflicts.isEmpty()) {
            throw new FailureException(new Failure.ServiceAccountConflict(
                    "ServiceAccount " + name + " has annotations of ours set by somebody else: " + conflicts));
        }
        return found.applied(ServiceAccountRecord.OPERATOR_APPLIES, values);
    }

    private IamServiceAccount same(ResourceRef ref) {
        return objects.resource(key(ref))
                .filter(resource -> resource.getMetadata().getUid().equals(ref.uid()))
                .orElseThrow(() -> moved("the object is going, or another has taken its name"));
    }

    private ServiceAccountRecord same(String key, String uid) {
        return objects.serviceAccount(key)
                .filter(account -> account.uid().equals(uid))
                .orElseThrow(() -> moved("the object changed while it was written: uid mismatch"));
    }

    private static String key(ResourceRef ref) {
        return KubernetesObjects.key(ref.namespace(), ref.name());
    }

    private static FailureException moved(String message) {
        return new FailureException(new Failure.Passing(Reason.Reconciling, message));
    }
}
