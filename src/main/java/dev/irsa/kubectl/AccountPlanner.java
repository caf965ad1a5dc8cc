package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.OidcProviderPolicy;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.PlannedAccount;
import dev.irsa.port.OperatorSettings;
import dev.irsa.reconcile.identity.OidcProviderFinder;
import java.util.List;
import java.util.Optional;

/**
 * Plans the IamAccounts of files. Only the operator can find out whether it may assume the role in the account.
 *
 * @param accounts as they would be after the files were applied
 */
record AccountPlanner(PlanSession session, IamAccounts accounts) {
    List<PlannedAccount> plan(List<IamAccount> given, boolean deletes) {
        if (given.isEmpty()) {
            return List.of();
        }
        List<IamAccount> live = session.liveAccounts(given);
        return given.stream()
                .map(account -> {
                    Optional<IamAccount> before = live.stream()
                            .filter(known -> known.getMetadata()
                                    .getName()
                                    .equals(account.getMetadata().getName()))
                            .findFirst();
                    return deletes ? PlannedAccount.deleted(account, before) : plan(account, before);
                })
                .toList();
    }

    private PlannedAccount plan(IamAccount given, Optional<IamAccount> before) {
        PlannedAccount planned = PlannedAccount.of(given, before);
        if (planned.isBlocked()) {
            return planned;
        }
        try {
            IamAccount applied = accounts.all().known().orElse(List.of(given)).stream()
                    .filter(account -> account.getMetadata().getName().equals(planned.name()))
                    .findFirst()
                    .orElse(given);
            OperatorSettings there = accounts.settings(applied, session.settings());
            return switch (session.readers().in(planned.accountID())) {
                case Evidence.Known<AwsReads>(AwsReads reads) ->
                    withProvider(
                            planned, given, there, new OidcProviderFinder(reads.providers()).observe(there.identity()));
                case Evidence.Unreadable<AwsReads>(String why) ->
                    planned.with("its OIDC provider is not checked: " + why);
            };
        } catch (FailureException e) {
            return switch (e.failure().reason()) {
                case AccountInvalid, AccountAbandoned -> planned.blockedBy(e.failure());
                default -> planned.with("its OIDC provider is not checked: " + UserMessage.of(e.failure()));
            };
        }
    }

    private static PlannedAccount withProvider(
            PlannedAccount planned, IamAccount given, OperatorSettings there, OidcProviderState provider) {
        Optional<Failure> obstacle = provider.obstacle(there.identity(), TokenSpec.DEFAULT_AUDIENCE);
        if (obstacle.isEmpty()) {
            return planned.with("roles below " + there.identity().rolePath());
        }
        return given.getSpec().oidcProvider() == OidcProviderPolicy.Create
                ? planned.with("the operator adds OIDC provider "
                        + there.identity()
                                .account()
                                .oidcProvider(there.identity().issuer().hostAndPath())
                        + ", or its audience; roles below " + there.identity().rolePath())
                : planned.blockedBy(obstacle.get());
    }
}
