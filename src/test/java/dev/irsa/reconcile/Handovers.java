package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.NAME;
import static dev.irsa.reconcile.Trial.NS;
import static dev.irsa.reconcile.Trial.ROLE;
import static dev.irsa.reconcile.Trial.USUAL;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.fake.SimulatedOperator;
import dev.irsa.ownership.Predecessors;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Roles that change hands: by consent, or because their cluster is no longer what it was. */
final class Handovers {
    static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    static final String OFFER = "prod/payments/invoices";
    static final String ADOPTING = Journey.WHOLE.replace("role:\n", "role:\n  adopt: IfTagged\n");

    private static final ClusterIdentity NOW = SimulatedOperator.IDENTITY;
    private static final String OLD_ID = "99999999-2222-3333-4444-555555555555";
    private static final String OLD_ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/OLD";

    private Handovers() {}

    static List<Journey> journeys() {
        return List.of(
                Journey.of(
                        "adopt",
                        trial -> {
                            offer(trial);
                            trial.apply(ADOPTING + "suspend: true");
                        },
                        trial -> trial.apply(ADOPTING)),
                Journey.of(
                        "delete what was adopted",
                        trial -> {
                            offer(trial);
                            trial.apply(ADOPTING + "suspend: true");
                            trial.operator.settle();
                            trial.apply(ADOPTING);
                        },
                        Trial::delete),
                Journey.of(
                        "adopt what was retained",
                        trial -> {
                            trial.apply(Journey.WHOLE + "deletionPolicy: Retain");
                            trial.operator.settle();
                            trial.delete();
                        },
                        trial -> trial.apply(ADOPTING.replace(", stage: test", ""))),
                Journey.of(
                        "take over after the issuer has changed",
                        trial -> {
                            trial.operator.giveProvider(new Issuer(OLD_ISSUER));
                            trial.operator.restart(() -> cluster(NOW.id(), OLD_ISSUER, Predecessors.NONE));
                            trial.apply(Journey.WHOLE);
                        },
                        trial -> trial.operator.restart(() -> afterOldIssuer())),
                Journey.of("take over in a rebuilt cluster", Handovers::rebuild, trial -> trial.apply(Journey.WHOLE)),
                Journey.of(
                        "delete in a rebuilt cluster",
                        trial -> {
                            rebuild(trial);
                            trial.apply(Journey.WHOLE + "suspend: true");
                            trial.operator.settle();
                            // What keeps the finalizer on though the role is not taken over yet.
                            trial.operator.hands().edit(NS, NAME, resource -> {
                                resource.addFinalizer(IamServiceAccount.FINALIZER);
                                return resource;
                            });
                        },
                        trial -> {
                            trial.apply(Journey.WHOLE);
                            trial.delete();
                        }));
    }

    /** Somebody's role, offered. */
    static void offer(Trial trial) {
        trial.operator.iam().console().create(ROLE, "/irsa/prod/", TRUST);
        trial.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withTags(Map.of("irsa.dev/adoptable-by", OFFER, "cost", "a"))
                                .withAttached(Trial.SQS));
    }

    /** The old cluster has gone with all that was in it but its roles; the new one names it. */
    private static void rebuild(Trial trial) {
        trial.operator.giveProvider(new Issuer(OLD_ISSUER));
        trial.operator.restart(() -> cluster(OLD_ID, OLD_ISSUER, Predecessors.NONE));
        trial.apply(Journey.WHOLE);
        trial.operator.settle();
        for (String name : List.of(NAME, "neighbour")) {
            trial.operator.hands().lose(NS, name);
            trial.operator.hands().deleteServiceAccount(NS, name);
        }
        trial.operator.restart(
                () -> cluster(NOW.id(), NOW.issuer().url(), new Predecessors(Set.of(OLD_ID), Set.of(OLD_ISSUER))));
        trial.operator.hands().apply(NS, "neighbour", USUAL);
    }

    private static ClusterIdentity afterOldIssuer() {
        return cluster(NOW.id(), NOW.issuer().url(), new Predecessors(Set.of(), Set.of(OLD_ISSUER)));
    }

    static ClusterIdentity cluster(String id, String issuer, Predecessors past) {
        return new ClusterIdentity(
                NOW.name(),
                id,
                new Issuer(issuer),
                NOW.account(),
                new Issuer(issuer).hostAndPath(),
                NOW.rolePath(),
                Set.of(),
                past);
    }
}
