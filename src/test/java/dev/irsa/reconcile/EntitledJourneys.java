package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.USUAL;

import dev.irsa.fake.InMemoryLimits;
import java.util.List;

/** Journeys on which an entitlement decides about the boundary. */
final class EntitledJourneys {
    private EntitledJourneys() {}

    static List<Journey> all() {
        return List.of(
                Journey.of(
                        "create with the entitlement's boundary",
                        trial -> bound(trial, "first"),
                        trial -> trial.apply(USUAL)),
                Journey.of(
                        "the entitlement gets a boundary", trial -> trial.apply(USUAL), trial -> bound(trial, "first")),
                Journey.of(
                        "the entitlement gets another boundary",
                        trial -> {
                            bound(trial, "first");
                            trial.apply(USUAL);
                        },
                        trial -> bound(trial, "second")),
                Journey.of(
                        "the entitlement is taken away",
                        trial -> trial.apply(USUAL),
                        trial -> trial.operator.limit(limits -> limits.delete(InMemoryLimits.EVERYTHING))),
                Journey.of(
                        "the entitlement is given again, with a boundary",
                        trial -> {
                            trial.apply(USUAL);
                            trial.operator.settle();
                            trial.operator.limit(limits -> limits.delete(InMemoryLimits.EVERYTHING));
                        },
                        trial -> bound(trial, "first")),
                Journey.of(
                        "delete what is no longer entitled",
                        trial -> {
                            trial.apply(USUAL);
                            trial.operator.settle();
                            trial.operator.limit(limits -> limits.delete(InMemoryLimits.EVERYTHING));
                        },
                        Trial::delete));
    }

    private static void bound(Trial trial, String policy) {
        trial.operator.limit(limits -> limits.apply(InMemoryLimits.EVERYTHING, """
                namespaceSelector: {}
                managedPolicies: ["*"]
                inlineActions: ["*"]
                permissionsBoundaryArn: arn:aws:iam::111122223333:policy/%s
                """.formatted(policy)));
    }
}
