package dev.irsa.reconcile.role;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.SQS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.operator.CrashInterceptor;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role outlives its resource only if one entitlement allows the role and that it does. */
class RoleRetentionTest {
    private static final String SPEC = "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
    private static final String RETAIN = SPEC + "deletionPolicy: Retain\n";
    private static final String ANY_INLINE = """
            policies:
              inline:
              - name: own
                document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}
            """;
    private static final String DELETES_ONLY = """
            namespaceSelector: {}
            allow:
              managedPolicies: [AmazonS3ReadOnlyAccess]
              roleNames: ["*"]
              rolePaths: ["/*"]
            limits:
              serviceAccountsPerRole: 3
            """;
    private static final String RETAINS = allowing("deletionPolicies: [Retain]");

    private final ReconcileHarness harness = new ReconcileHarness();

    private static String allowing(String more) {
        return DELETES_ONLY.replace("allow:\n", "allow:\n  " + more + "\n");
    }

    private void entitle(String spec) {
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, spec));
    }

    private void ready(String entitlement, String spec) {
        entitle(entitlement);
        harness.apply(spec);
        harness.operator.settle();
        assertThat(harness.reason()).as(harness.message()).isEqualTo("Ready");
        harness.forgetCalls();
    }

    /** The role gets what another entitlement allows, which does not allow Retain, and IAM does not show it yet. */
    private void applyUnseen() {
        harness.operator.limit(
                limits -> limits.apply("other", "namespaceSelector: {}\nallow: {inlineActions: ['*']}\n"));
        ready(RETAINS, SPEC);
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(20));
        harness.apply(ANY_INLINE);
        harness.operator.now();
        assertThat(harness.role().inline()).containsOnlyKeys("own");
    }

    private void delete() {
        harness.delete();
        harness.operator.run(Duration.ofMinutes(1));
    }

    private void assertBlocked() {
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.role().tags()).containsKey("irsa.dev/resource");
        assertThat(harness.pointer()).isPresent();
    }

    private void assertRetained() {
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().tags())
                .containsEntry("irsa.dev/adoptable-by", "prod/payments/invoices")
                .doesNotContainKey("irsa.dev/resource");
    }

    @Test
    void blocksTheDeletionAndWithdrawsNothingIfNoEntitlementAllowsRetain() {
        ready(DELETES_ONLY, RETAIN);
        delete();

        assertBlocked();
        assertThat(harness.message())
                .isEqualTo("role prod_payments_invoices may not outlive this resource (spec.deletionPolicy is Retain):"
                        + " denied by IamEntitlement everything because deletionPolicy is Retain and allow.deletionPolicies does"
                        + " not contain it; set spec.deletionPolicy to Delete, or ask a platform engineer for an IamEntitlement"
                        + " that allows the resource and has Retain in allow.deletionPolicies");
    }

    @Test
    void blocksRetainThatIsSetRightBeforeTheDeletion() {
        ready(DELETES_ONLY, SPEC);
        harness.apply(RETAIN);
        delete();

        assertBlocked();
    }

    @Test
    void continuesWhenTheUserChoosesDelete() {
        ready(DELETES_ONLY, RETAIN);
        delete();
        harness.apply(SPEC + "deletionPolicy: Delete");
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void continuesWhenAnEntitlementAllowsIt() {
        ready(DELETES_ONLY, RETAIN);
        delete();
        entitle(RETAINS);
        harness.operator.settle();

        assertRetained();
    }

    @Test
    void retainsIfAnEntitlementAllowsIt() {
        ready(RETAINS, RETAIN);
        delete();

        assertRetained();
        assertThat(harness.operator.iam().calls().total())
                .as("GetRole, the two lists of policies, TagRole, UntagRole")
                .isEqualTo(5);
    }

    @Test
    void readsTheRoleAfterARestart() {
        ready(DELETES_ONLY, RETAIN);
        harness.delete();
        harness.operator.restart();
        harness.operator.run(Duration.ofMinutes(1));
        assertBlocked();
        entitle(RETAINS);
        harness.operator.settle();

        assertRetained();
    }

    @Test
    void needsOneEntitlementForTheRoleAndForRetain() {
        ready(DELETES_ONLY, RETAIN);
        harness.operator.limit(
                limits -> limits.apply("other", "---\n{namespaceSelector: {}, allow: {deletionPolicies: [Retain]}}"));
        delete();

        assertBlocked();
    }

    @Test
    void takesAwayWhatOnlyAnotherEntitlementAllowed() {
        ready(DELETES_ONLY, SPEC);
        harness.operator.limit(
                limits -> limits.apply("other", "---\n{namespaceSelector: {}, allow: {deletionPolicies: [Retain]}}"));
        harness.apply("deletionPolicy: Retain");
        delete();
        harness.operator.settle();

        assertRetained();
        assertThat(harness.role().attached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAwayWhatIamDoesNotShowYet(boolean restarts) {
        applyUnseen();

        harness.apply(RETAIN);
        harness.delete();
        if (restarts) {
            harness.operator.restart();
        }
        harness.operator.run(Duration.ofMinutes(3));

        assertRetained();
        assertThat(harness.role().inline()).isEmpty();
    }

    /** IAM shows a policy of an earlier process only after a deletion without Retain had begun. */
    @Test
    void takesAwayWhatIamDidNotShowWhenTheDeletionBegan() {
        applyUnseen();
        harness.operator.restart();
        harness.operator.iam().faults().throttle("DeleteRole");
        harness.delete();
        harness.operator.run(Duration.ofSeconds(3));

        harness.apply(RETAIN);
        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofMinutes(3));

        assertRetained();
        assertThat(harness.role().inline()).isEmpty();
    }

    @Test
    void takesAwayWhatWasAddedByHand() {
        ready(RETAINS, SPEC);
        harness.apply(RETAIN);
        harness.operator.now();
        harness.operator.iam().console().edit(ROLE, role -> role.withAttached(SQS));
        harness.delete();
        harness.operator.run(Duration.ofMinutes(3));

        assertRetained();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    @Test
    void takesAwayWhatOnlyAnotherEntitlementAllowedAfterARestart() {
        ready(DELETES_ONLY, SPEC);
        harness.operator.limit(
                limits -> limits.apply("other", "---\n{namespaceSelector: {}, allow: {deletionPolicies: [Retain]}}"));
        harness.apply("deletionPolicy: Retain");
        harness.delete();
        harness.operator.restart();
        harness.operator.settle();

        assertRetained();
        assertThat(harness.role().attached()).isEmpty();
    }

    @Test
    void admitsOnlyTheServiceAccountsOfTheSpec() {
        ready(DELETES_ONLY, SPEC + "serviceAccounts: [{name: invoices}, {name: one}, {name: two}]");
        assertThat(harness.role().trust()).contains("payments:one");
        harness.operator.limit(limits -> limits.apply(
                "other", "---\n{namespaceSelector: {}, allow: {managedPolicies: ['*'], deletionPolicies: [Retain]}}"));
        harness.apply(RETAIN);
        harness.delete();
        harness.operator.restart();
        harness.operator.settle();

        assertRetained();
        assertThat(harness.role().trust()).contains("payments:invoices").doesNotContain("payments:one");
    }

    @Test
    void keepsAnAdoptedRoleWhateverTheEntitlementsSay() {
        harness.operator.iam().console().create(ROLE, "/irsa/prod/", "{}");
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withTag("irsa.dev/adoptable-by", "prod/payments/invoices"));
        entitle(DELETES_ONLY);
        String adopting = RETAIN + "role: {adoption: IfOffered}\n";
        harness.apply(adopting + "suspend: true");
        harness.operator.settle();
        harness.apply(adopting);
        harness.operator.settle();
        assertThat(harness.reason()).as(harness.message()).isEqualTo("Ready");
        delete();

        assertRetained();
    }

    @Test
    void doesNotTakeTheSpecForAnAdoption() {
        ready(DELETES_ONLY, RETAIN + "role: {adoption: IfOffered}\n");
        delete();

        assertBlocked();
    }

    @Test
    void deletesAResourceThatNeverHadARole() {
        entitle("namespaceSelector: {}");
        harness.apply(RETAIN);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.addFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void doesNotBlockTheDeletionBecauseOfTheRoleOfAnother() {
        harness.operator.iam().console().create(ROLE, "/irsa/prod/", "{}");
        entitle(DELETES_ONLY);
        harness.apply(RETAIN);
        harness.operator.run(Duration.ofSeconds(10));
        delete();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
    }

    @Test
    void saysWhatToDoAboutAnInvalidSpec() {
        ready(RETAINS, RETAIN);
        harness.apply("deletionPolicy: Retain\npolicies: {inline: [{name: doc, document: {}}]}");
        delete();

        assertBlocked();
        assertThat(harness.message())
                .startsWith("InvalidSpec: ")
                .contains("correct the spec")
                .contains("set spec.deletionPolicy to Delete");
        harness.apply(RETAIN);
        harness.operator.settle();
        assertRetained();
    }

    @Test
    void saysWhatToDoAboutAMissingTemplate() {
        String template =
                "document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}\n";
        harness.operator.limit(limits -> limits.applyTemplate("read", template));
        ready(
                allowing("deletionPolicies: [Retain]\n  templates: [{name: read}]"),
                "policies: {templates: [{name: read}]}\ndeletionPolicy: Retain");
        harness.operator.limit(limits -> limits.deleteTemplate("read"));
        delete();

        assertBlocked();
        assertThat(harness.message())
                .contains("IamPolicyTemplate read does not exist")
                .contains("to Delete");
        harness.operator.limit(limits -> limits.applyTemplate("read", template));
        harness.operator.settle();
        assertRetained();
    }

    /** Without the value, the policy that the role has would count as one that it should not have. */
    @Test
    void keepsThePolicyOfATemplateThatNoLongerAllowsTheValue() {
        String template =
                "parameters: [{name: bucket, pattern: '%s'}]\ndocument: {Version: '2012-10-17', Statement: [{Effect:"
                        + " Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::{{bucket}}/*'}]}\n";
        harness.operator.limit(limits -> limits.applyTemplate("read", template.formatted("[a-z]+")));
        ready(
                allowing(
                        "deletionPolicies: [Retain]\n  templates: [{name: read, parameters: [{name: bucket, values: ['*']}]}]"),
                "policies: {templates: [{name: read, parameters: {bucket: data}}]}\ndeletionPolicy: Retain");
        harness.operator.limit(limits -> limits.applyTemplate("read", template.formatted("[0-9]+")));
        delete();

        assertBlocked();
        assertThat(harness.message()).contains("bucket").contains("correct the spec");
        assertThat(harness.role().inline()).isNotEmpty();
        harness.operator.limit(limits -> limits.applyTemplate("read", template.formatted("[a-z]+")));
        harness.operator.settle();
        assertRetained();
    }

    @Test
    void blocksTheDeletionAfterTheEntitlementWasRemoved() {
        ready(RETAINS, RETAIN);
        harness.operator.limit(limits -> limits.delete(InMemoryEntitlements.EVERYTHING));
        harness.operator.settle();
        delete();

        assertBlocked();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void finishesAReleaseThatAKillInterrupted(int call) {
        ready(RETAINS, RETAIN);
        harness.delete();
        harness.operator.interceptor().cut(call, CrashInterceptor.Cut.KILL_AFTER);
        try {
            harness.operator.now();
        } catch (CrashInterceptor.Killed e) {
            harness.operator.restart();
        }
        harness.operator.settle();

        assertRetained();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    @Test
    void doesNotNeedTheEntitlementOnceTheRoleIsReleased() {
        ready(RETAINS, RETAIN);
        harness.delete();
        harness.operator.interceptor().after(call -> {
            if (harness.role().tags().get("irsa.dev/resource") == null) {
                harness.operator.interceptor().removeHooks();
                harness.operator.interceptor().cut(1, CrashInterceptor.Cut.KILL_BEFORE);
            }
        });
        try {
            harness.operator.now();
        } catch (CrashInterceptor.Killed e) {
            harness.operator.restart();
        }
        entitle(DELETES_ONLY);
        harness.operator.settle();

        assertRetained();
    }

    /** Otherwise the role would have policies of both for a moment, or for good if a removal is denied. */
    @Test
    void removesWhatAnotherEntitlementAllowedBeforeItSetsAnything() {
        String inline = "policies: {managed: [%s], inline: [{name: own, document: {Version: '2012-10-17', Statement:"
                + " [{Effect: Allow, Action: '%s', Resource: '*'}]}}]}\n";
        entitle("""
                namespaceSelector: {}
                allow:
                  managedPolicies: [AmazonS3ReadOnlyAccess]
                  inlineActions: ["s3:GetObject"]
                """);
        harness.operator.limit(limits -> limits.apply("other", """
                namespaceSelector: {}
                allow:
                  inlineActions: ["sqs:*"]
                  deletionPolicies: [Retain]
                """));
        harness.apply(inline.formatted("AmazonS3ReadOnlyAccess", "s3:GetObject"));
        harness.operator.settle();
        harness.operator.iam().faults().deny("DetachRolePolicy");
        harness.apply(inline.formatted("", "sqs:SendMessage") + "deletionPolicy: Retain\n");
        delete();

        assertBlocked();
        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline().values()).noneMatch(document -> document.contains("sqs:"));

        harness.operator.iam().faults().none();
        harness.operator.settle();
        assertRetained();
        assertThat(harness.role().attached()).isEmpty();
        assertThat(harness.role().inline().get("own")).contains("sqs:SendMessage");
    }

    /** Otherwise the role would be less limited than its entitlement requires, for a moment, or for good if a removal is denied. */
    @ParameterizedTest
    @ValueSource(strings = {"TagRole", "PutRolePolicy"})
    void removesWhatIsRequiredLastIfTheUserChoosesDeleteAfterAnInterruption(String interrupted) {
        String inline = "policies: {inline: [{name: own, document: {Version: '2012-10-17', Statement:"
                + " [{Effect: Allow, Action: '%s', Resource: '*'}]}}]}\n";
        String entitlement = "namespaceSelector: {}\nallow: {inlineActions: ['s3:*'], deletionPolicies: [Retain]}\n";
        ready(entitlement, inline.formatted("s3:GetObject"));
        harness.operator.run(Duration.ofMinutes(10));
        entitle(entitlement + "require: {managedPolicies: [DenyLogDeletion]}\n");
        harness.apply(inline.formatted("s3:PutObject") + "deletionPolicy: Retain\n");
        harness.operator.interceptor().before(call -> {
            if (call.toString().startsWith("iam:" + interrupted)) {
                harness.operator.interceptor().cut(1, CrashInterceptor.Cut.LOSE_ANSWER);
            }
        });
        harness.delete();
        harness.operator.now();
        assertThat(harness.role().attached()).hasSize(1);
        assertThat(harness.role().inline().get("own")).contains("s3:PutObject");

        harness.apply(inline.formatted("s3:PutObject") + "deletionPolicy: Delete\n");
        harness.operator.interceptor().removeHooks();
        harness.operator
                .interceptor()
                .after(_ -> harness.operator
                        .iam()
                        .role(ROLE)
                        .filter(role -> role.attached().isEmpty())
                        .ifPresent(role -> assertThat(role.inline()).isEmpty()));
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    /** Otherwise a user could take a role out of the quota, or mix two entitlements, by retaining and adopting it. */
    @Test
    void adoptsARetainedRoleAsOneThatTheOperatorCreated() {
        ready(RETAINS, RETAIN);
        delete();
        assertThat(harness.role().tags()).containsEntry("irsa.dev/adopted", "false");
        entitle(DELETES_ONLY);
        harness.apply(SPEC + "role: {adoption: IfOffered}\ndeletionPolicy: Retain\n");
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        delete();

        assertBlocked();
    }

    @Test
    void removesWhatAnotherEntitlementAllowedBeforeItAdoptsARetainedRole() {
        ready(RETAINS, RETAIN);
        delete();
        entitle("""
                namespaceSelector: {}
                allow:
                  inlineActions: ["sqs:*"]
                """);
        harness.operator.iam().faults().deny("DetachRolePolicy");
        harness.apply("policies: {inline: [{name: own, document: {Version: '2012-10-17', Statement: [{Effect: Allow,"
                + " Action: 'sqs:SendMessage', Resource: '*'}]}}]}\nrole: {adoption: IfOffered}\n");
        harness.operator.run(Duration.ofMinutes(5));

        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline()).isEmpty();

        harness.operator.iam().faults().none();
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.role().attached()).isEmpty();
        assertThat(harness.role().inline()).containsOnlyKeys("own");
    }
}
