package dev.irsa.reconcile.external;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CrdState;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that others manage. After each test, they are as these others left them. */
class ExternalRoleReconcilerTest {
    private static final String ROLE = "terraform-invoices";
    private static final String PATH = "/teams/";
    private static final String ARN = "arn:aws:iam::111122223333:role" + PATH + ROLE;
    private static final String ELSEWHERE = "arn:aws:iam::444455556666:role/teams/invoices";
    private static final String SPEC = "externalRole: {arn: '" + ARN + "'}\n";
    private static final String ADOPTING = "role: {name: " + ROLE + ", path: " + PATH + ", adoption: IfOffered}\n";
    private static final Duration SHORTLY = Duration.ofMinutes(1);
    private static final String HOST = SimulatedOperator.IDENTITY.oidcProvider();
    private static final String TRUST = trust("payments:invoices");

    private final ReconcileHarness harness = new ReconcileHarness();
    private RoleRecord left;

    ExternalRoleReconcilerTest() {
        harness.operator.limit(limits -> limits.apply(
                "external",
                "namespaceSelector: {}\nallow: {externalRoleARNs: ['arn:aws:iam::111122223333:role/*', '" + ELSEWHERE
                        + "']}"));
        left = harness.operator.iam().console().create(ROLE, PATH, TRUST);
    }

    @AfterEach
    void neverWritesToTheRole() {
        assertThat(harness.operator.iam().console().role(ROLE)).contains(left);
        assertThat(harness.operator.iam().calls().writes()).isZero();
        assertThat(harness.operator.iam().console().roles()).containsExactly(left);
        assertThat(harness.operator.eks().calls().log()).isEmpty();
    }

    private static String trust(String serviceAccount) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"%s"},\
                "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{\
                "%s:sub":"system:serviceaccount:%s","%s:aud":"sts.amazonaws.com"}}}]}""".formatted(SimulatedOperator.PROVIDER, HOST, serviceAccount, HOST);
    }

    private void othersSetTrust(String trust) {
        left = harness.operator.iam().console().edit(ROLE, role -> role.withTrust(trust));
    }

    private void ready() {
        apply(SPEC);
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        harness.forgetCalls();
    }

    private void apply(String spec) {
        harness.apply(spec);
        harness.operator.run(SHORTLY);
    }

    private int reads() {
        return harness.operator.iam().calls().of("GetRole");
    }

    /** The deletion waits until it is certain that no earlier process created a role. */
    @Test
    void leavesTheAnnotationToAnotherResourceThatNamesTheSameRole() {
        harness.operator.requeueClaimantsAfterWrites();
        ready();
        harness.operator.users().apply("payments", "sharer", SPEC + "serviceAccounts: [{name: invoices}]\n");
        harness.operator.run(SHORTLY);
        harness.apply("suspend: false");
        harness.delete();
        harness.operator.restart();

        harness.operator.run(Duration.ofMinutes(10));

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.isReady("sharer")).as(harness.reason("sharer")).isTrue();
        assertThat(harness.serviceAccount().annotations()).containsEntry("eks.amazonaws.com/role-arn", ARN);
        assertThat(harness.operator.loops()).isZero();
    }

    @Test
    void annotatesTheServiceAccountAfterOneRead() {
        apply(SPEC);

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message())
                .isEqualTo("ServiceAccount invoices is annotated with role " + ARN
                        + "; its trust policy admits the ServiceAccount");
        assertThat(harness.pointer()).contains(ARN);
        assertThat(reads()).isEqualTo(1);
        assertThat(harness.operator.interceptor().clusterWrites())
                .containsExactly(
                        "patch iamserviceaccounts", "create serviceaccounts", "patch iamserviceaccounts/status");
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .containsExactly("ServiceAccountCreated");
    }

    /** Nothing is to be changed when the resource is applied again, and a deletion right after that has to clean up too. */
    @Test
    void removesTheAnnotationThatWasLeftByALostResource() {
        ready();
        harness.operator.users().disown(NS + "/" + NAME);
        harness.operator.users().edit(NS, NAME, lost -> {
            lost.removeFinalizer(IamServiceAccount.FINALIZER);
            return lost;
        });
        harness.delete();
        apply(SPEC);

        assertThat(harness.resource().orElseThrow().getFinalizers()).containsExactly(IamServiceAccount.FINALIZER);
        harness.delete();
        harness.operator.run(SHORTLY);
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.pointer()).isEmpty();
    }

    @Test
    void reportsTheRoleWhereItProvesNoOwnership() {
        ready();

        assertThat(harness.status().role()).isNull();
        assertThat(harness.status().roleARN()).isEqualTo(ARN);
        assertThat(harness.status().serviceAccounts()).hasSize(1);
    }

    @Test
    void readsTheRoleAboutOnceAnHourWhateverHappensInTheCluster() {
        ready();
        for (int i = 0; i < 5; i++) {
            harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("note", "v" + i));
            harness.operator.run(SHORTLY);
        }
        assertThat(reads()).isZero();

        harness.operator.run(Duration.ofHours(24));

        assertThat(reads()).isBetween(20, 29);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void noticesWithinAnHourThatTheTrustPolicyNoLongerAdmitsIt() {
        ready();
        othersSetTrust(trust("payments:other"));

        harness.operator.run(Duration.ofMinutes(71));

        assertThat(harness.reason()).isEqualTo("TrustMissing");
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.pointer()).contains(ARN);
    }

    @Test
    void annotatesOnlyOnceTheTrustPolicyAdmitsTheServiceAccount() {
        othersSetTrust(trust("payments:other"));
        apply(SPEC);
        assertThat(harness.reason()).isEqualTo("TrustMissing");
        assertThat(harness.message())
                .contains("does not admit the subject system:serviceaccount:payments:invoices")
                .contains("\"" + HOST + ":sub\":\"system:serviceaccount:payments:invoices\"");
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();
        assertThat(harness.status().roleARN()).isNull();

        othersSetTrust(TRUST);
        harness.operator.run(Duration.ofMinutes(5));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.pointer()).contains(ARN);
    }

    @Test
    void reportsARoleThatDoesNotExist() {
        apply("externalRole: {arn: '" + ARN + "x'}");

        assertThat(harness.reason()).isEqualTo("RoleNotFound");
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
    }

    @Test
    void isReadyWithoutPermissionToReadTheRole() {
        harness.operator.iam().faults().deny("GetRole");
        apply(SPEC);

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains("was not checked, because iam:GetRole is not allowed");
        assertThat(harness.pointer()).contains(ARN);
    }

    @Test
    void neverReadsARoleOfAnotherAccount() {
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        harness.apply("externalRole: {arn: '" + ELSEWHERE + "'}");
        harness.operator.run(Duration.ofHours(3));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.message()).contains("cannot read account 444455556666");
        assertThat(harness.pointer()).contains(ELSEWHERE);
        assertThat(reads()).isZero();
    }

    @Test
    void needsTheProviderOfItsOwnAccount() {
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        apply(SPEC);

        assertThat(harness.reason()).isEqualTo("OidcProviderMissing");
    }

    @Test
    void deniesARoleThatNoEntitlementLists() {
        apply("externalRole: {arn: 'arn:aws:iam::999999999999:role/admin'}");

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message()).contains("arn:aws:iam::999999999999:role/admin is not in allow.externalRoleARNs");
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
    }

    /** The entitlement of this test lists all roles of the account. */
    @Test
    void refusesARoleThatAnotherResourceHas() {
        String owner = SimulatedOperator.IDENTITY.owner("payments", "ledger").resource();
        left = harness.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withTags(SimulatedOperator.IDENTITY
                                .owner("payments", "ledger")
                                .tags()));
        harness.operator.users().apply(NS, "ledger", "suspend: true");
        apply(SPEC);

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).doesNotContain(owner);
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
    }

    @Test
    void repairsTheAnnotationWithoutAskingIam() {
        ready();
        harness.operator.users().strip(NS, NAME, DesiredServiceAccount.ROLE_ARN);
        harness.operator.run(SHORTLY);

        assertThat(harness.pointer()).contains(ARN);
        assertThat(reads()).isZero();
    }

    @Test
    void staysReadyWhileIamIsUnavailable() {
        ready();
        harness.operator.iam().faults().unreachable();
        harness.operator.run(Duration.ofHours(3));
        assertThat(harness.isReady()).isTrue();

        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.isReady()).isTrue();
        harness.operator.iam().faults().none();
    }

    @Test
    void removesItsAnnotationOnDeletionWithoutAskingAws() {
        harness.operator.users().annotate(NS, NAME, "helm", Map.of("team", "payments"));
        ready();
        harness.operator.iam().faults().unreachable();
        harness.delete();
        harness.operator.run(SHORTLY);

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.serviceAccount().annotations()).containsOnlyKeys("team");
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .endsWith("ServiceAccountReleased");
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        harness.operator.iam().faults().none();
    }

    @Test
    void deletesTheServiceAccountThatItCreated() {
        ready();
        harness.delete();
        harness.operator.run(SHORTLY);

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
    }

    @Test
    void removesTheAnnotationOfAnEarlierRole() {
        harness.operator.users().annotate(NS, NAME, "helm", Map.of("team", "payments"));
        ready();
        apply("externalRole: {arn: '" + ARN + "-missing'}");
        assertThat(harness.reason()).isEqualTo("RoleNotFound");
        assertThat(harness.pointer()).contains(ARN);
        assertThat(harness.status().roleARN()).isEqualTo(ARN);

        harness.delete();
        harness.operator.run(SHORTLY);

        assertThat(harness.serviceAccount().annotations()).containsOnlyKeys("team");
    }

    @Test
    void changesToAnotherRoleOfOthers() {
        ready();
        apply("externalRole: {arn: '" + ELSEWHERE + "'}");

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.pointer()).contains(ELSEWHERE);
    }

    @Test
    void restoresTheFinalizerThatAUserRemoved() {
        ready();
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.forgetCalls();
        harness.operator.run(SHORTLY);

        assertThat(harness.resource().orElseThrow().hasFinalizer(IamServiceAccount.FINALIZER))
                .isTrue();
        assertThat(harness.operator.interceptor().clusterWrites())
                .as("it is added once, and the status stays as it was")
                .containsExactly("patch iamserviceaccounts");
    }

    @Test
    void blocksTheDeletionWhileTheDefinitionIsBeingDeleted() {
        ready();
        harness.operator.users().definition(CrdState.DELETING);
        harness.delete();
        harness.operator.run(SHORTLY);

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.pointer()).contains(ARN);
    }

    @Test
    void respectsAnAnnotationOfAnotherFieldManager() {
        harness.operator.users().annotate(NS, NAME, "helm", Map.of(DesiredServiceAccount.ROLE_ARN, ELSEWHERE));
        apply(SPEC);

        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.pointer()).contains(ELSEWHERE);
    }

    @Test
    void keepsTheServiceAccountFromAnotherResourceUntilItIsDeleted() {
        ready();
        String other = "externalRole: {arn: '" + ELSEWHERE + "'}\nserviceAccounts: [{name: invoices}]";
        harness.operator.users().apply(NS, "second", other);
        harness.operator.run(SHORTLY);
        assertThat(harness.reason("second")).isEqualTo("ServiceAccountConflict");
        assertThat(harness.pointer()).contains(ARN);

        // It is annotated with the earlier role, so it keeps the ServiceAccount.
        apply("externalRole: {arn: '" + ARN + "-missing'}");
        assertThat(harness.reason("second")).isEqualTo("ServiceAccountConflict");

        harness.delete();
        harness.operator.run(SHORTLY);
        assertThat(harness.isReady("second")).isTrue();
        assertThat(harness.pointer()).contains(ELSEWHERE);
    }

    @Test
    void doesNotAnnotateWhatTheUserManages() {
        apply(SPEC + "serviceAccounts: [{name: invoices, management: Ignore}]");

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();
    }

    @ParameterizedTest(name = "dry run: {0}")
    @ValueSource(booleans = {false, true})
    void showsThePlanAndWritesNothing(boolean dryRun) {
        if (dryRun) {
            harness.operator.restart(new ReconcileSettings(
                    true,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(5),
                    16,
                    DefaultSettings.RECONCILE.audiences(),
                    false));
        }
        apply(dryRun ? SPEC : SPEC + "suspend: true");

        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.status().pendingChanges())
                .singleElement()
                .asString()
                .startsWith("create ServiceAccount invoices with");
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
    }

    @Test
    void showsWhatWouldPreventThePlan() {
        othersSetTrust(trust("payments:other"));
        apply(SPEC + "suspend: true");

        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.message()).contains("no changes are pending; TrustMissing: ");
    }

    @Test
    void previewsTheAnnotation() {
        harness.operator.run(SHORTLY);
        harness.apply(SPEC);

        var preview = harness.operator.preview().of(harness.resource().orElseThrow());

        assertThat(preview.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.describe()).startsWith("create ServiceAccount"));
        assertThat(preview.addsFinalizer()).isTrue();
        assertThat(preview.ready().orElseThrow().status()).isEqualTo("True");
    }

    @Test
    void isNoOrphanAndNoneOfTheRolesOfTheQuota() {
        harness.operator.limit(limits -> limits.apply("external", """
                namespaceSelector: {}
                allow:
                  externalRoleARNs: ['%s']
                limits:
                  rolesPerNamespace: 0
                """.formatted(ARN)));
        ready();
        harness.operator.run(Duration.ofHours(3));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.warnings()).isEmpty();
    }

    /** Without the rule of the schema, a resource with a role of its own could be given one of others. */
    @Test
    void abandonsNoRoleThatTheOperatorManages() {
        harness.apply(USUAL);
        harness.operator.settle();
        RoleRecord managed = harness.role();
        harness.forgetCalls();

        apply(SPEC);
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains("which the operator manages for this resource");
        harness.delete();
        harness.operator.run(SHORTLY);
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.role()).isEqualTo(managed);
        assertThat(harness.operator.iam().calls().writes()).isZero();

        harness.operator.iam().console().delete(managed.name());
    }

    @Test
    void keepsTheRoleIfItIsDeletedBeforeTheAdoption() {
        adoptsUnderItsPath();
        ready();
        apply(ADOPTING);
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.status().roleARN()).isNotNull();
        assertThat(harness.pointer()).contains(ARN);

        harness.delete();
        harness.operator.run(Duration.ofMinutes(10));

        assertThat(harness.resource()).isEmpty();
    }

    @Test
    void adoptsNoRoleOfTheSameNameInItsOwnAccount() {
        adoptsUnderItsPath();
        apply("externalRole: {arn: '" + ELSEWHERE + "'}");
        assertThat(harness.isReady()).isTrue();

        apply("role: {name: invoices, path: /teams/, adoption: IfOffered}");

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains(ELSEWHERE, "a role of another account cannot be adopted");
    }

    /** Otherwise a namespace could exceed its quota by way of roles of others. */
    @Test
    void takesNoPlaceInTheQuotaWithItForTheAdoption() {
        adoptsUnderItsPath();
        harness.operator.limit(limits -> {
            limits.delete("everything");
            limits.apply("external", """
                    namespaceSelector: {}
                    allow:
                      externalRoleARNs: ['%s']
                      roleNames: ["*"]
                      rolePaths: ["/*"]
                    limits:
                      rolesPerNamespace: 0
                    """.formatted(ARN));
        });
        ready();
        apply(ADOPTING);

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message()).contains("limits.rolesPerNamespace (0)");
    }

    private void adoptsUnderItsPath() {
        ClusterIdentity usual = SimulatedOperator.IDENTITY;
        ClusterIdentity adopting = SampleCluster.withDelivery(
                SampleCluster.withPrevious(
                        SampleCluster.withAdoption(
                                SampleCluster.of(
                                                usual.name(),
                                                usual.id(),
                                                usual.issuer(),
                                                usual.account(),
                                                usual.rolePath())
                                        .withOidcProvider(usual.oidcProvider()),
                                AdoptionScope.of(Set.of(PATH), Set.of())),
                        usual.previousClusters()),
                usual.delivery());
        harness.operator.restart(() -> adopting);
    }

    @Test
    void ownsItsAnnotationAlone() {
        ready();

        assertThat(harness.serviceAccount().managers().get(DesiredServiceAccount.ROLE_ARN))
                .isSubsetOf(ServiceAccountRecord.OPERATOR, ServiceAccountRecord.OPERATOR_APPLIES);
    }
}
