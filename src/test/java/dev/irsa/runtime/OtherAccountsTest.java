package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.RoleQuotaStatus;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.apiserver.ApiFault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Roles in other accounts than that of the operator. */
class OtherAccountsTest extends OtherAccountTestBase {
    private static final String FINALIZER = IamServiceAccount.FINALIZER;

    @Test
    void createsTheRoleInTheAccountAndDeletesItThere() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");

        assertThat(other().role(ROLE))
                .hasValueSatisfying(role -> assertThat(role.toString())
                        .contains("arn:aws:iam::" + ID + ":oidc-provider/oidc.eks")
                        .doesNotContain("111122223333"));
        assertThat(Objects.requireNonNull(
                                environment.resource("payments", "reports").getStatus())
                        .roleARN())
                .isEqualTo("arn:aws:iam::" + ID + ":role/irsa/laptop/" + ROLE);
        assertThat(environment.iam().roles()).isEmpty();
        await().until(() -> accountReason().equals("Ready"));
        await().untilAsserted(() -> assertThat(accountStatus().roles()).isEqualTo(1));
        assertThat(accountStatus().roleQuota()).isEqualTo(new RoleQuotaStatus(1, 1000));
        assertThat(environment.iam().calls().of("GetAccountSummary")).isZero();
        assertThat(other().calls().of("GetAccountSummary"))
                .isBetween(1, other().calls().of("GetAccountAuthorizationDetails"));
        assertThat(accountStatus().oidcProviderARN()).startsWith("arn:aws:iam::" + ID + ":oidc-provider/");

        resource().delete();
        await().until(() -> resource().get() == null);
        assertThat(other().roles()).isEmpty();
    }

    @Test
    void needsAnEntitlementForTheAccount() {
        apply(ACCOUNT, RESOURCE);
        awaitReason("NotEntitled");
        assertThat(message()).contains("no IamEntitlement is for the IamAccount analytics");

        apply(ENTITLEMENT, RESOURCE.replace("account: analytics, ", "").replace("name: reports", "name: own"));
        awaitReason("Ready");
        await().until(() -> environment.served("reports") == 1);
        assertThat(environment.served("everything")).isEqualTo(1);
    }

    @Test
    void anEntitlementForTheAccountAllowsNoRoleInAnother() {
        environment.user().resource("""
                {"apiVersion": "irsa.dev/v1beta1", "kind": "IamEntitlement", "metadata": {"name": "everything"}}
                """).delete();
        apply(ACCOUNT, ENTITLEMENT, RESOURCE.replace("account: analytics, ", ""));

        awaitReason("NotEntitled");
        assertThat(environment.iam().roles()).isEmpty();
        assertThat(other().roles()).isEmpty();
    }

    @Test
    void waitsForAnAccountThatDoesNotExistAndGoesOnOnceItDoes() {
        apply(ENTITLEMENT, RESOURCE);
        awaitReason("AccountNotFound");
        assertThat(environment.iam().roles()).isEmpty();
        assertThat(environment.resource("payments", "reports").getFinalizers()).isEmpty();

        apply(ACCOUNT);
        awaitReason("Ready");

        environment.user().resource(ACCOUNT).delete();
        awaitReason("AccountNotFound");
        resource().delete();
        awaitReason("DeletionBlocked");
        assertThat(message()).contains("the cluster has no IamAccount analytics");
        assertThat(other().role(ROLE)).isPresent();

        apply(ACCOUNT);
        await().until(() -> resource().get() == null);
        assertThat(other().roles()).isEmpty();
    }

    @Test
    void anEntitlementReportsWhetherItsAccountExists() {
        apply(ENTITLEMENT);
        await().until(() -> entitlementMessage().contains("the cluster has no IamAccount analytics"));

        apply(ACCOUNT);
        await().until(() -> entitlementMessage().startsWith("entitlement is valid"));
    }

    private String entitlementMessage() {
        IamEntitlementStatus status = environment
                .user()
                .resources(IamEntitlement.class)
                .withName("reports")
                .get()
                .getStatus();
        return status == null ? "" : status.conditions().getFirst().message();
    }

    @Test
    void refusesTheAccountOfTheOperatorAndASecondIamAccountOfAnAccount() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");
        apply(
                ACCOUNT.replace("analytics", "zz"),
                ACCOUNT.replace("analytics", "own").replace(ID, "111122223333"));
        await().until(() -> accountReason("zz").equals("AccountInvalid"));
        await().until(() -> accountReason("own").equals("AccountInvalid"));

        apply(
                ENTITLEMENT.replace("reports", "zz").replace("analytics", "zz"),
                RESOURCE.replace("reports", "second").replace("analytics", "zz"));
        await().until(() ->
                environment.ready("payments", "second", Condition::reason).equals("AccountInvalid"));
        assertThat(other().roles()).hasSize(1);
    }

    @Test
    void aRefusedAccountDelaysNoOther() {
        environment
                .accounts()
                .refuse(
                        ID,
                        Optional.of(new Failure.Passing(
                                Reason.CredentialsUnavailable, "STS refuses the role; check its trust policy")));
        apply(ACCOUNT, ENTITLEMENT, RESOURCE, RESOURCE.replace("reports", "own").replace("account: analytics, ", ""));

        awaitReason("CredentialsUnavailable");
        await().until(() ->
                environment.ready("payments", "own", Condition::status).equals("True"));
        await().until(() -> accountReason().equals("CredentialsUnavailable"));
        assertThat(other().calls().total()).isZero();

        environment.accounts().refuse(ID, Optional.empty());
        awaitReason("Ready");
    }

    @Test
    void anAccountThatIsRefusedLaterIsNoLongerReady() {
        apply(ACCOUNT);
        await().until(() -> accountReason().equals("Ready"));

        environment
                .accounts()
                .refuse(ID, Optional.of(new Failure.Passing(Reason.CredentialsUnavailable, "STS refuses the role")));

        await().until(() -> accountReason().equals("CredentialsUnavailable"));
    }

    @Test
    void repairsAStatusThatWasOverwritten() {
        apply(ACCOUNT);
        await().until(() -> accountReason().equals("Ready"));
        await().untilAsserted(() -> assertThat(accountStatus().roles()).isZero());
        IamAccountStatus right = accountStatus();

        environment.user().resources(IamAccount.class).withName("analytics").editStatus(account -> {
            account.setStatus(new IamAccountStatus(1L, null, 7, null, List.of(), null, List.of()));
            return account;
        });

        await().untilAsserted(() -> assertThat(accountStatus())
                .usingRecursiveComparison()
                .ignoringFields("conditions")
                .isEqualTo(right));
        assertThat(accountReason()).isEqualTo("Ready");
    }

    @Test
    void sweepsAnAccountThatNoResourceUses() {
        apply(ACCOUNT);

        await().until(() -> accountReason().equals("Ready"));
        await().untilAsserted(() -> assertThat(accountStatus().roles()).isZero());
    }

    @Test
    void isReadyWithoutThePermissionToReadTheQuota() {
        other().faults().deny("GetAccountSummary");
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);

        awaitReason("Ready");
        await().until(() -> accountReason().equals("Ready"));
        await().untilAsserted(() -> assertThat(accountStatus().roles()).isEqualTo(1));
        assertThat(accountStatus().roleQuota()).isNull();
    }

    @Test
    void movesNoResourceToAnotherAccountOfThatName() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");
        environment.user().resource(ACCOUNT).delete();
        awaitReason("AccountNotFound");

        apply(ACCOUNT.replace(ID, "777788889999"));
        awaitReason("RoleConflict");
        // Pods still have the role in the first account, which the operator can no longer read.
        assertThat(environment.resource("payments", "reports").available().orElseThrow())
                .extracting(Condition::status, Condition::reason)
                .containsExactly("Unknown", "NotChecked");
        resource().delete();
        awaitReason("DeletionBlocked");
        assertThat(environment.accounts().iam("777788889999").roles()).isEmpty();
        assertThat(other().role(ROLE)).isPresent();
    }

    @Test
    void releasesTheResourcesOfAnAbandonedAccountWithoutACallAndRecordsTheirRoles() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE, RESOURCE.replace("reports", "kept"));
        awaitReason("Ready");
        await().until(() -> ready("kept").equals("Ready"));
        apply(ABANDONED);
        awaitReason("AccountAbandoned");
        await().until(() -> accountReason().equals("AccountAbandoned"));
        int calls = other().calls().total();

        resource().delete();
        await().until(() -> resource().get() == null);

        assertThat(accountStatus().abandoned()).containsExactly(ROLE);
        assertThat(other().role(ROLE)).isPresent();
        assertThat(other().calls().total()).isEqualTo(calls);
        assertThat(environment.resource("payments", "kept").getFinalizers()).isNotEmpty();

        apply(ACCOUNT.replace("spec: {", "spec: {access: Manage, "));
        await().until(() -> ready("kept").equals("Ready"));
        await().untilAsserted(() -> assertThat(accountStatus().roles()).isEqualTo(2));
        await().untilAsserted(() ->
                assertThat(environment.metrics().scrape()).contains("irsa_orphaned_roles{account=\"analytics\"} 1"));
        assertThat(accountStatus().abandoned()).containsExactly(ROLE);

        other().console().edit(ROLE, role -> role.withoutTag("irsa.dev/issuer"));
        await().untilAsserted(() -> assertThat(accountStatus().roles()).isEqualTo(1));
        assertThat(accountStatus().abandoned()).as("it exists without its tags").containsExactly(ROLE);

        other().console().delete(ROLE);
        await().untilAsserted(() -> assertThat(accountStatus().abandoned()).isEmpty());
    }

    /** A user can write the finalizer and the name of any role. */
    @Test
    void recordsNoAbandonedRoleThatTheResourceCannotHaveHad() {
        String chosen = RESOURCE.replace("name: reports", "name: chosen, finalizers: [" + FINALIZER + "]")
                .replace("spec: {", "spec: {role: {name: OrganizationAccountAccessRole}, ");
        String derived = RESOURCE.replace("name: reports", "name: reports, finalizers: [" + FINALIZER + "]");
        apply(ABANDONED, chosen, derived);
        await().until(() -> accountReason().equals("AccountAbandoned"));

        environment.user().resource(chosen).delete();
        resource().delete();
        await().until(() ->
                environment.user().resource(chosen).get() == null && resource().get() == null);
        assertThat(accountStatus().abandoned())
                .as("a crash may have come before the status")
                .containsExactly(ROLE);

        apply(
                ENTITLEMENT.replace("allow: {", "allow: {roleNames: ['report-*'], "),
                chosen.replace("OrganizationAccountAccessRole", "report-reader"));
        environment.user().resource(chosen).delete();
        await().until(() -> environment.user().resource(chosen).get() == null);
        assertThat(accountStatus().abandoned()).containsExactly(ROLE, "report-reader");
    }

    @Test
    void keepsTheNumberOfFurtherAbandonedRoles() {
        apply(ABANDONED);
        await().until(() -> accountReason().equals("AccountAbandoned"));
        environment.user().resources(IamAccount.class).withName("analytics").editStatus(account -> {
            account.setStatus(new IamAccountStatus(1L, null, 7, null, List.of("gone"), 3, List.of()));
            return account;
        });
        apply(ACCOUNT.replace("spec: {", "spec: {access: Manage, "));

        await().untilAsserted(() -> assertThat(accountStatus().abandoned()).isEmpty());
        assertThat(accountStatus().furtherAbandoned()).isEqualTo(3);
    }

    @Test
    void reportsAnOrphanedRoleInAnAccountThatNoResourceUses() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");
        apply(ABANDONED);
        awaitReason("AccountAbandoned");
        resource().delete();
        await().until(() -> resource().get() == null);

        apply(ACCOUNT.replace("spec: {", "spec: {access: Manage, "));
        await().untilAsserted(() ->
                assertThat(environment.metrics().scrape()).contains("irsa_orphaned_roles{account=\"analytics\"} 1"));
    }

    /** The entitlement is newer than what the operator has seen of the account, and was written for the other one. */
    @Test
    void createsNoRoleByAnIamAccountThatWasReplacedUnseen() {
        apply(ACCOUNT, RESOURCE);
        awaitReason("NotEntitled");
        environment.server().intercept(OtherAccountsTest::refusingToWatchAccounts);
        environment.server().dropWatches();
        environment.user().resource(ACCOUNT).delete();
        apply(ACCOUNT.replace(ID, "777788889999"), ENTITLEMENT);

        awaitReason("Reconciling");
        assertThat(message()).contains("IamAccount analytics has changed");
        assertThat(other().roles()).isEmpty();

        environment.server().stopIntercepting();
        awaitReason("Ready");
        assertThat(other().roles()).isEmpty();
        assertThat(environment.accounts().iam("777788889999").role(ROLE)).isPresent();
    }

    private static ApiFault refusingToWatchAccounts(Object request) {
        String text = request.toString();
        return text.contains("iamaccounts") && text.contains("watch")
                ? ApiFault.refused(503, "ServiceUnavailable", "away")
                : ApiFault.none();
    }

    @Test
    void anAbandonedAccountBecomesValidWhenTheOlderIamAccountIsDeleted() {
        apply(ACCOUNT);
        await().until(() -> accountReason().equals("Ready"));
        apply(
                ABANDONED.replace("analytics", "zz"),
                ENTITLEMENT.replace("analytics", "zz"),
                RESOURCE.replace("analytics", "zz"));
        awaitReason("AccountInvalid");

        environment.user().resource(ACCOUNT).delete();

        awaitReason("AccountAbandoned");
    }

    @Test
    void createsNothingInAnAbandonedAccount() {
        apply(ABANDONED, ENTITLEMENT, RESOURCE);
        awaitReason("AccountAbandoned");
        await().until(() -> accountReason().equals("AccountAbandoned"));
        resource().delete();
        await().until(() -> resource().get() == null);

        assertThat(accountStatus().abandoned()).isEmpty();
        assertThat(other().calls().total()).isZero();
    }

    @Test
    void keepsAResourceOfAnotherAccountThatIsAbandonedUnderTheSameName() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");
        environment.user().resource(ACCOUNT).delete();
        awaitReason("AccountNotFound");
        resource().delete();
        apply(ABANDONED.replace(ID, "777788889999"));

        awaitReason("DeletionBlocked");
        await().untilAsserted(() -> assertThat(message()).contains("belongs to this resource"));
        await().until(() -> accountReason().equals("AccountAbandoned"));
        assertThat(accountStatus().abandoned()).isEmpty();
    }

    @Test
    void refusesEksPodIdentity() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE.replace("spec: {", "spec: {delivery: [PodIdentity], "));

        awaitReason("InvalidSpec");
        assertThat(message()).contains("EKS Pod Identity requires a role in the AWS account of the cluster");
    }
}
