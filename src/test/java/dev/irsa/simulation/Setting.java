package dev.irsa.simulation;

import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.fake.InMemoryIam;
import dev.irsa.fake.ScopedRights;
import dev.irsa.fake.SimulatedOperator;
import dev.irsa.fake.VirtualClock;
import dev.irsa.ownership.Predecessors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The world in which a schedule runs.
 *
 * @param lag how long IAM takes to show a write
 * @param flickers whether meanwhile it shows now the one state and now the other
 * @param scoped whether the operator may write only to roles that carry its tags, as IAM sees them
 * @param replicas of each operator, of which one leads; 1: without an election
 * @param neighbour who else lives in the account
 * @param atOnce how many resources may have calls made at a time
 * @param removesOrphans whether roles without a resource are removed
 */
record Setting(
        Duration lag,
        boolean flickers,
        boolean scoped,
        int replicas,
        Neighbour neighbour,
        int atOnce,
        boolean removesOrphans) {
    /** The world where nothing is difficult. */
    static final Setting PLAIN = new Setting(Duration.ZERO, false, false, 1, Neighbour.NONE, 48, false);

    private static final ClusterIdentity PROD = SimulatedOperator.IDENTITY;
    private static final String OTHER_ID = "99999999-2222-3333-4444-555555555555";
    private static final Issuer OTHER_ISSUER = new Issuer("https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER");

    /** Another cluster in the same account. */
    enum Neighbour {
        NONE,
        /** Of another name. */
        STRANGER,
        /** Of the same name by mistake. */
        RIVAL,
        /** Of the same name, as it is to take over from the first. */
        HEIR
    }

    /** The same with an IAM that shows this late. */
    Setting withLag(Duration other, boolean otherFlickers) {
        return new Setting(other, otherFlickers, scoped, replicas, neighbour, atOnce, removesOrphans);
    }

    /** The same with as few processes as can be, and nobody else in the account. */
    Setting alone() {
        return new Setting(lag, flickers, scoped, 1, Neighbour.NONE, atOnce, removesOrphans);
    }

    /** The same with all rights, as many at once as there are, and orphans left where they are. */
    Setting unlimited() {
        return new Setting(lag, flickers, false, replicas, neighbour, PLAIN.atOnce(), false);
    }

    /** Whether two clusters would give their roles the same names, so that one may lose a role to the other. */
    boolean sharesNames() {
        return neighbour == Neighbour.RIVAL || neighbour == Neighbour.HEIR;
    }

    /** Who lives in the account. */
    List<ClusterIdentity> clusters() {
        return switch (neighbour) {
            case NONE -> List.of(PROD);
            case STRANGER ->
                List.of(PROD, new ClusterIdentity("test", OTHER_ID, OTHER_ISSUER, PROD.account(), "/irsa/test/"));
            case RIVAL -> List.of(PROD, ofTheSameName(Predecessors.NONE));
            case HEIR ->
                List.of(
                        PROD,
                        ofTheSameName(new Predecessors(
                                Set.of(PROD.id()), Set.of(PROD.issuer().url()))));
        };
    }

    private static ClusterIdentity ofTheSameName(Predecessors past) {
        return new ClusterIdentity(
                PROD.name(),
                OTHER_ID,
                OTHER_ISSUER,
                PROD.account(),
                OTHER_ISSUER.hostAndPath(),
                PROD.rolePath(),
                Set.of(),
                past);
    }

    /** IAM as it is in this world. */
    InMemoryIam iam(VirtualClock clock) {
        InMemoryIam iam = new InMemoryIam(clock);
        iam.consistency().lag(lag);
        if (flickers) {
            SplittableRandom random = new SplittableRandom(lag.toNanos());
            iam.consistency().flicker(random::nextInt);
        }
        if (scoped) {
            iam.faults().scopedRights(new ScopedRights("/irsa/", Map.of("irsa.dev/cluster-id", PROD.id())));
        }
        return iam;
    }
}
