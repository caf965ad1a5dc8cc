package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.fake.ClusterHands;
import dev.irsa.fake.InMemoryCluster;
import dev.irsa.fake.InMemoryLimits;
import dev.irsa.fake.RoleRecord;
import dev.irsa.leader.Candidate;
import dev.irsa.plan.RoleChange;
import dev.irsa.port.Gate;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A cluster: its API server, its users' wishes so far, and the processes of its operator. */
final class Realm {
    static final Duration RESTART = Duration.ofSeconds(1);

    private final World world;
    private final ClusterIdentity identity;
    private final InMemoryCluster cluster;
    private final InMemoryLimits limits;
    private final List<Life> lives = new ArrayList<>();
    private final Map<Thing, Set<Wish>> wishes = new EnumMap<>(Thing.class);
    private Candidate.Term lease = new Candidate.Term("", 0);
    private int started;

    Realm(World world, ClusterIdentity identity) {
        this.world = world;
        this.identity = identity;
        this.cluster = new InMemoryCluster(world.clock(), Gate.OPEN);
        this.limits = new InMemoryLimits(cluster.hands());
        world.iam().console().createProvider(identity.issuer().url(), "sts.amazonaws.com", "other");
        for (Thing thing : Thing.values()) {
            wishes.put(thing, new HashSet<>());
        }
    }

    void start() {
        hands().onChange(() -> lives.forEach(life -> life.changed(hands().stored())));
        for (int replica = 0; replica < world.setting().replicas(); replica++) {
            lives.add(new Life(world, this, replica, ++started));
        }
        lives.forEach(Life::start);
    }

    /** A process has ended, and another starts in its place. */
    void replace(Life life, Duration gap) {
        if (life.isDead()) {
            return;
        }
        life.die();
        world.tasks().at(world.clock().instant().plus(RESTART).plus(gap), () -> {
            Life next = new Life(world, this, life.replica(), ++started);
            lives.set(life.replica(), next);
            next.start();
        });
    }

    /** What was stopped goes on. */
    void recover() {
        lives.forEach(Life::recover);
    }

    void apply(Thing thing, Wish wish) {
        wishes.getOrDefault(thing, new HashSet<>()).add(wish);
        hands().apply(Thing.NAMESPACE, thing.resource(), wish.of(thing));
    }

    /** All that was ever wished for. */
    Set<Wish> wishes(Thing thing) {
        return wishes.getOrDefault(thing, Set.of());
    }

    ClusterIdentity identity() {
        return identity;
    }

    InMemoryCluster cluster() {
        return cluster;
    }

    InMemoryLimits limits() {
        return limits;
    }

    ClusterHands hands() {
        return cluster.hands();
    }

    List<Life> lives() {
        return lives;
    }

    String roleName(Thing thing) {
        return identity.name() + "_" + Thing.NAMESPACE + "_" + thing.resource();
    }

    /** The tags that make a role the resource's of that name. */
    SortedMap<String, String> ownTags(String role) {
        return thing(role)
                .map(thing -> identity.owner(Thing.NAMESPACE, thing.resource()).tags())
                .orElseGet(TreeMap::new);
    }

    /** What takes from a role all that its resource does not ask for now. */
    List<RoleChange> unwanted(String name) {
        Optional<IamServiceAccount> resource =
                thing(name).flatMap(thing -> hands().resource(Thing.NAMESPACE, thing.resource()));
        Optional<RoleRecord> role = world.iam().role(name);
        if (resource.isEmpty() || role.isEmpty()) {
            return List.of();
        }
        Set<String> wanted =
                Wish.of(thing(name).orElseThrow(), resource.get().getSpec()).policies();
        List<RoleChange> changes = new ArrayList<>();
        role.get().attached().stream()
                .filter(arn -> !wanted.contains(arn.substring(arn.lastIndexOf('/') + 1)))
                .forEach(arn -> changes.add(new RoleChange.DetachRolePolicy(name, arn)));
        return changes;
    }

    private Optional<Thing> thing(String role) {
        return Stream.of(Thing.values())
                .filter(thing -> roleName(thing).equals(role))
                .findFirst();
    }

    /** The Lease, as a process meets it through this gate. */
    Candidate.Lease lease(Gate gate) {
        return new Candidate.Lease() {
            @Override
            public Candidate.Term read() {
                return gate.pass(new OutsideCall("get leases", identity.name()), () -> lease);
            }

            @Override
            public boolean write(Candidate.Term read, String holder) {
                return gate.pass(new OutsideCall("patch leases", identity.name()), () -> {
                    boolean same = lease.equals(read);
                    if (same) {
                        lease = new Candidate.Term(holder, read.writes() + 1);
                    }
                    return same;
                });
            }
        };
    }

    static boolean isAws(OutsideCall call) {
        return call.action().startsWith("iam:");
    }

    @Override
    public String toString() {
        return identity.name() + (identity.id().startsWith("1") ? "" : "'");
    }
}
