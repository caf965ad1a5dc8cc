package dev.irsa.kubectl.connection;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.OidcProviderPolicy;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.AccountIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The IamAccounts of a cluster, read when a resource names one. */
public final class IamAccounts {
    private final Supplier<List<IamAccount>> source;
    private Optional<Evidence<List<IamAccount>>> known = Optional.empty();

    /**
     * Reads nothing yet.
     *
     * @param source lists all of them, or throws a {@link FailureException}
     */
    public IamAccounts(Supplier<List<IamAccount>> source) {
        this.source = source;
    }

    /** Returns all of them, or why they cannot be read. */
    public Evidence<List<IamAccount>> all() {
        Evidence<List<IamAccount>> all = known.orElseGet(this::read);
        known = Optional.of(all);
        return all;
    }

    /** Returns the message that they cannot be read. */
    public static String unknown(String why) {
        return "other accounts are not known: " + why + "; ask for the permission to list iamaccounts";
    }

    private Evidence<List<IamAccount>> read() {
        try {
            return Evidence.of(List.copyOf(source.get()));
        } catch (FailureException e) {
            return Evidence.unreadable(UserMessage.of(e.failure()));
        }
    }

    /** Returns the id of the account of a role, by the role or by its IamAccount, or why it is not known. */
    public Evidence<String> id(RoleInOtherAccount role) {
        return role.arn()
                .flatMap(RoleArn::of)
                .map(arn -> Evidence.of(arn.account()))
                .orElseGet(() -> all().then(accounts -> accounts.stream()
                        .filter(account -> account.getMetadata().getName().equals(role.iamAccount()))
                        .map(account -> account.getSpec().accountID())
                        .findFirst()
                        .map(Evidence::of)
                        .orElseGet(() -> Evidence.unreadable(
                                Failure.accountNotFound(role.iamAccount()).message()))));
    }

    /**
     * Returns the settings of the operator for the account of a resource's role. Without the IamAccount, the ARN of a role that the
     * operator has created shows them.
     *
     * @throws FailureException if the operator can manage no role there, with the reason that it reports
     */
    public Evidence<OperatorSettings> settings(RoleInOtherAccount role, OperatorSettings own) {
        return switch (all()) {
            case Evidence.Known<List<IamAccount>>(List<IamAccount> accounts) ->
                Evidence.of(accounts.stream()
                        .filter(account -> account.getMetadata().getName().equals(role.iamAccount()))
                        .findFirst()
                        .map(account -> settings(account, own))
                        .orElseThrow(() -> new FailureException(Failure.accountNotFound(role.iamAccount()))));
            case Evidence.Unreadable<List<IamAccount>>(String why) ->
                role.withDefaultPath()
                        .map(arn -> Evidence.of(own.in(account(role, arn, own), arn.path())))
                        .orElseGet(() -> Evidence.unreadable(
                                "IamAccount " + PlainText.of(role.iamAccount()) + " cannot be read: " + why));
        };
    }

    private static AwsAccount account(RoleInOtherAccount role, RoleArn arn, OperatorSettings own) {
        int quota = own.identity().account().managedPoliciesPerRole();
        return new AwsAccount(arn.partition(), arn.account(), "", quota, role.iamAccount());
    }

    /** Returns whether the operator creates the OIDC provider in an account that has none. */
    boolean createProvider(String iamAccount) {
        return all().known().orElse(List.of()).stream()
                .anyMatch(account -> account.getMetadata().getName().equals(iamAccount)
                        && account.getSpec().oidcProvider() == OidcProviderPolicy.Create);
    }

    /**
     * Returns the settings of the operator for the roles in an account.
     *
     * @throws FailureException if the operator can manage no role there, with the reason that it reports
     */
    public OperatorSettings settings(IamAccount account, OperatorSettings own) {
        AccountIdentity version =
                new AccountIdentity(account, own::identity, () -> all().known().orElse(List.of()));
        ClusterIdentity identity = version.identity();
        if (version.isAbandoned()) {
            throw new FailureException(
                    Failure.accountAbandoned(identity.account().name()));
        }
        return own.in(identity.account(), identity.rolePath());
    }
}
