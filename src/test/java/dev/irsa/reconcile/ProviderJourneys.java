package dev.irsa.reconcile;

import dev.irsa.drift.SweepSettings;
import dev.irsa.fake.SimulatedOperator;
import java.util.List;
import java.util.Set;

/** Journeys on which the cluster's OIDC provider is made or completed. */
final class ProviderJourneys {
    private ProviderJourneys() {}

    static List<Journey> all() {
        return List.of(
                Journey.of("the provider is made", trial -> trial.operator.restart(creating("other")), trial -> {
                    trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
                    trial.apply(Journey.WHOLE);
                    trial.operator.restart();
                }),
                Journey.of(
                                "the provider was deleted",
                                trial -> {
                                    trial.operator.restart(creating("other"));
                                    trial.apply(Journey.WHOLE);
                                },
                                trial -> trial.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER))
                        .noticedWithin(SweepSettings.DEFAULT.interval().multipliedBy(2)),
                Journey.of("the provider is given an audience", trial -> trial.apply(Journey.WHOLE), trial -> {
                    trial.operator.restart(creating("vault"));
                    trial.apply(Journey.WHOLE.replace("token: {", "token: {audience: vault, "));
                }));
    }

    private static Settings creating(String audience) {
        Settings usual = Settings.DEFAULT;
        return new Settings(
                usual.dryRun(),
                usual.consistencyWindow(),
                usual.slowestRetry(),
                usual.atOnce(),
                Set.of("sts.amazonaws.com", audience),
                true);
    }
}
