package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.plan.Change;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.OperatorSettings;
import dev.irsa.port.RoleReads;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourcePlannerTest {
    private static final String READ = "policies: {managed: [AmazonS3ReadOnlyAccess]}";
    private static final String QUEUE = "policies: {managed: [AmazonSQSFullAccess]}";

    private final ReconcileHarness harness = new ReconcileHarness();
    private Optional<PlanSources.Obstacle> obstacle = Optional.empty();
    private PlanSources sources = harness.operator.planSources();
    private Set<String> watched = Set.of();
    private boolean deletes;

    private void begin(String spec) {
        harness.apply(spec);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        sources = harness.operator.planSources();
    }

    private static String manifest(String spec) {
        return "{apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, metadata: {namespace: payments, name:"
                + " invoices}, spec: {" + spec + "}}\n---\n";
    }

    private PlanResult result(String manifests) throws InvalidFile {
        harness.operator.settle();
        ManifestParser parser = new ManifestParser("payments");
        parser.add("a.yaml", manifests);
        OperatorSettings settings = new OperatorSettings(
                "1",
                SimulatedOperator.IDENTITY,
                Set.of("sts.amazonaws.com"),
                watched,
                false,
                false,
                Documentation.HOME);
        PlanSources now = new PlanSources(
                sources.cluster(),
                sources.entitlements(),
                sources.aws()
                        .map(aws -> new PlanSources.Aws(
                                aws.roles(),
                                aws.associations(),
                                harness.operator
                                        .planSources()
                                        .aws()
                                        .orElseThrow()
                                        .provider(),
                                aws.policies())),
                sources.podIdentity(),
                obstacle);
        return new ResourcePlanner(
                        now, settings, parser.manifests(), deletes, Failure::message, harness.operator.clock())
                .plan(parser.manifests().resources(), _ -> {});
    }

    private PlannedResource plan(String spec) throws InvalidFile {
        return result(manifest(spec)).resources().getFirst();
    }

    private static List<String> names(PlannedResource planned) {
        return planned.changes().stream()
                .map(Change::getClass)
                .map(Class::getSimpleName)
                .toList();
    }

    private void withoutAws() {
        sources = new PlanSources(sources.cluster(), sources.entitlements(), Optional.empty(), sources.podIdentity());
    }

    @Test
    void rendersTemplateOfTheFiles() throws InvalidFile {
        String template = """
                {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: s3-read}, spec: {
                  parameters: [{name: bucket, pattern: "[a-z]+"}], document: {Version: "2012-10-17", Statement: [{
                    Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::{{bucket}}/*"}]}}}
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: everything}, spec: {
                  namespaceSelector: {},
                  allow: {templates: [{name: s3-read, parameters: [{name: bucket, values: ["*"]}]}]}}}
                ---
                """;
        String uses = manifest("policies: {templates: [{name: s3-read, parameters: {bucket: %s}}]}");

        PlanResult planned = result(template + uses.formatted("invoices"));

        assertThat(planned.resources().getFirst().action()).isEqualTo(PlanAction.create);
        assertThat(PlanText.of(planned, Terminal.NONE)).contains("s3-read", "arn:aws:s3:::invoices/*");
        assertThat(result(template + uses.formatted("INVOICES")).resources().getFirst())
                .satisfies(refused -> {
                    assertThat(refused.action()).isEqualTo(PlanAction.refused);
                    assertThat(refused.message()).contains("template s3-read", "bucket", "[a-z]+");
                });
    }

    @Test
    void plansResourceThatIsNotInCluster() throws InvalidFile {
        PlannedResource planned = plan(READ);

        assertThat(planned.action()).isEqualTo(PlanAction.create);
        assertThat(names(planned)).containsExactly("CreateRole", "AttachRolePolicy", "CreateServiceAccount");
        assertThat(planned.isBlocked()).isFalse();
    }

    private static final String BOUNDED = """
            role: {permissionsBoundaryARN: "arn:aws:iam::111122223333:policy/workloads"},
            policies: {managed: ["arn:aws:iam::111122223333:policy/queue"], inline: [{name: read, document: {
              Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]}""";

    private void document(String policy, String action) {
        harness.operator.iam().account().document("arn:aws:iam::111122223333:policy/" + policy, """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                        """.formatted(action));
    }

    @Test
    void warnsAboutPoliciesThatTheBoundaryDoesNotAllow() throws InvalidFile {
        document("workloads", "sns:*");
        document("queue", "sqs:*");

        PlanResult planned = result(manifest(BOUNDED));

        assertThat(planned.resources().getFirst().isBlocked()).isFalse();
        assertThat(planned.resources().getFirst().message()).contains("\"s3:GetObject\" of policy read");
        assertThat(PlanText.of(planned, Terminal.NONE))
                .contains("the permissions boundary arn:aws:iam::111122223333:policy/workloads does not allow"
                        + " \"sqs:*\" of policy arn:aws:iam::111122223333:policy/queue, or \"s3:GetObject\" of policy"
                        + " read, so the role does not have these permissions; ask your platform team");

        document("workloads", "*");
        assertThat(PlanText.of(result(manifest(BOUNDED)), Terminal.NONE))
                .doesNotContain("boundary arn:aws:iam::111122223333:policy/workloads does");
    }

    @Test
    void warnsAboutBoundaryOfUnchangedResource() throws InvalidFile {
        begin(BOUNDED.replace("workloads\"},", "workloads\"}"));
        document("workloads", "sns:*");

        PlanResult planned = result(manifest(BOUNDED));

        assertThat(planned.resources().getFirst().action()).isEqualTo(PlanAction.none);
        assertThat(PlanText.of(planned, Terminal.NONE))
                .contains("payments/invoices", "\"s3:GetObject\" of policy read");
    }

    @Test
    void warnsAboutBoundaryThatDoesNotExist() throws InvalidFile {
        sources = new PlanSources(
                sources.cluster(),
                sources.entitlements(),
                sources.aws()
                        .map(aws -> new PlanSources.Aws(
                                aws.roles(), aws.associations(), aws.provider(), _ -> Optional.empty())),
                sources.podIdentity());

        assertThat(result(manifest(BOUNDED)).warnings())
                .singleElement()
                .asString()
                .startsWith("permissions boundary arn:aws:iam::111122223333:policy/workloads does not exist");
    }

    @Test
    void reportsThatTheBoundaryWasNotChecked() throws InvalidFile {
        document("workloads", "sns:*");
        harness.operator.settle();
        harness.operator.iam().faults().deny("GetPolicy");

        PlanResult planned = result(manifest(BOUNDED));

        assertThat(planned.resources().getFirst().action()).isEqualTo(PlanAction.create);
        assertThat(planned.warnings()).singleElement().asString().contains("boundary not checked", "iam:GetPolicy");
    }

    @Test
    void plansNothingForUnchangedResource() throws InvalidFile {
        begin(READ);

        assertThat(plan(READ).action()).isEqualTo(PlanAction.none);
    }

    @Test
    void plansEdit() throws InvalidFile {
        begin(READ);

        PlannedResource planned = plan(QUEUE);

        assertThat(planned.action()).isEqualTo(PlanAction.change);
        assertThat(names(planned)).containsExactly("AttachRolePolicy", "DetachRolePolicy");
    }

    @Test
    void plansRepairOfDrift() throws InvalidFile {
        begin(READ);
        harness.operator.iam().console().edit(ReconcileHarness.ROLE, role -> role.withAttached(ReconcileHarness.SQS));

        assertThat(names(plan(READ))).containsExactly("DetachRolePolicy");
    }

    @Test
    void plansDeletion() throws InvalidFile {
        begin(READ);
        deletes = true;

        PlannedResource planned = plan(READ);

        assertThat(planned.action()).isEqualTo(PlanAction.delete);
        assertThat(names(planned)).contains("DetachRolePolicy", "DeleteRole");
        assertThat(planned.reason()).isEmpty();
    }

    @Test
    void plansNoDeletionThatWouldRetainTheRoleWithoutAnEntitlement() throws InvalidFile {
        begin(READ + "\ndeletionPolicy: Retain");
        harness.operator.limit(
                limits -> limits.apply("everything", "namespaceSelector: {}\nallow: {managedPolicies: ['*']}"));
        deletes = true;

        PlannedResource planned = plan(READ);

        assertThat(planned.action()).isEqualTo(PlanAction.refused);
        assertThat(planned.changes()).isEmpty();
        assertThat(planned.reason()).isEqualTo("DeletionBlocked");
        assertThat(planned.message()).contains("allow.deletionPolicies does not contain it");
    }

    @Test
    void plansNothingForDeletionOfResourceThatIsNotInCluster() throws InvalidFile {
        deletes = true;

        PlannedResource planned = plan(READ);

        assertThat(planned.action()).isEqualTo(PlanAction.none);
        assertThat(planned.changes()).isEmpty();
    }

    @Test
    void refusesWhatNoEntitlementAllows() throws InvalidFile {
        harness.operator.limit(limits -> limits.delete("everything"));

        PlannedResource planned = plan(READ);

        assertThat(planned.action()).isEqualTo(PlanAction.refused);
        assertThat(planned.reason()).isEqualTo("NotEntitled");
    }

    @Test
    void appliesEntitlementsAndNamespacesOfTheSameFiles() throws InvalidFile {
        harness.operator.limit(limits -> limits.delete("everything"));

        PlanResult result = result(manifest(READ) + """
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: payments}
                spec:
                  namespaceSelector: {matchLabels: {team: payments}}
                  allow:
                    managedPolicies: [AmazonS3*]
                  require:
                    permissionsBoundaryARN: arn:aws:iam::111122223333:policy/edge
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: payments, labels: {team: payments}}}
                """);

        assertThat(result.resources().getFirst().action()).isEqualTo(PlanAction.create);
        assertThat(PlanText.of(result, Terminal.NONE))
                .contains("permissions boundary: arn:aws:iam::111122223333:policy/edge");
    }

    @Test
    void keepsLabelsOfNamespaceThatTheFilesDoNotName() throws InvalidFile {
        harness.operator.limit(limits -> {
            limits.delete("everything");
            limits.apply(
                    "payments",
                    "namespaceSelector: {matchLabels: {team: payments}}\n"
                            + "allow: {managedPolicies: [AmazonS3ReadOnlyAccess]}");
            limits.label("payments", Map.of("team", "payments"));
        });

        PlanResult result = result(manifest(READ) + "{apiVersion: v1, kind: Namespace, metadata: {name: payments}}");

        assertThat(result.resources().getFirst().action()).isEqualTo(PlanAction.create);
    }

    @Test
    void refusesChangeOfImmutableField() throws InvalidFile {
        begin(READ);

        PlannedResource planned = plan(READ + ", serviceAccounts: [{name: other}]");

        assertThat(planned.isBlocked()).isTrue();
        assertThat(planned.message()).contains("spec.serviceAccounts must contain invoices");
    }

    @Test
    void listsChangesOfSuspendedResource() throws InvalidFile {
        PlanResult result = result(manifest(READ + ", suspend: true"));

        assertThat(result.resources().getFirst().action()).isEqualTo(PlanAction.suspended);
        assertThat(names(result.resources().getFirst())).contains("CreateRole");
        assertThat(result.exitCode(true)).isZero();
    }

    @Test
    void countsSuspendedResourceAsRefusedIfAUserHasToAct() throws InvalidFile {
        harness.operator.limit(limits -> limits.apply("everything", "namespaceSelector: {}"));

        PlanResult result = result(manifest(READ + ", suspend: true"));

        assertThat(result.resources().getFirst().action()).isEqualTo(PlanAction.refused);
        assertThat(result.resources().getFirst().reason()).isEqualTo("NotEntitled");
        assertThat(PlanText.of(result, Terminal.NONE)).contains("payments/invoices: refused", "1 refused.");
    }

    @Test
    void reportsNamespaceThatIsNotWatched() throws InvalidFile {
        watched = Set.of("other");

        assertThat(plan(READ).action()).isEqualTo(PlanAction.ignored);
    }

    @Test
    void plansNothingInAnAccountThatIsNotKnown() throws InvalidFile {
        String message = "its role is in the account of IamAccount analytics, which cannot be read";
        obstacle = Optional.of(new PlanSources.Obstacle(PlanAction.unknown, "", message));

        PlanResult result = result(manifest(READ + ", account: analytics"));

        PlannedResource unknown = result.resources().getFirst();
        assertThat(unknown.action()).isEqualTo(PlanAction.unknown);
        assertThat(unknown.changes()).isEmpty();
        assertThat(unknown.isBlocked()).isFalse();
        assertThat(result.exitCode(false)).isZero();
        assertThat(PlanText.of(result, Terminal.NONE))
                .contains("payments/invoices: not planned", message)
                .endsWith("1 not planned.\n");
    }

    @Test
    void reportsWhatTheOperatorReportsForAnAccountThatItCannotManage() throws InvalidFile {
        obstacle = Optional.of(
                PlanSources.Obstacle.of(Failure.of(Reason.AccountInvalid, "IamAccount analytics names the account")));

        PlanResult result = result(manifest(READ + ", account: analytics"));

        assertThat(result.resources().getFirst().reason()).isEqualTo("AccountInvalid");
        assertThat(result.exitCode(false)).isEqualTo(PlanResult.REFUSED);
        assertThat(result.comparedWithIam()).isTrue();
    }

    /** The operator does the same for a resource whose account it does not know. */
    @Test
    void refusesAResourceForAnotherAccountThanThatOfTheSettings() throws InvalidFile {
        assertThat(plan(READ + ", account: analytics").reason()).isEqualTo("AccountNotFound");
    }

    @Test
    void reportsWhatNeedsNoRoleInAnotherAccount() throws InvalidFile {
        begin(READ);

        PlannedResource moved = plan(READ + ", account: analytics");
        assertThat(moved.action()).isEqualTo(PlanAction.refused);
        assertThat(moved.message()).startsWith("spec.account is immutable");

        deletes = true;
        assertThat(result(manifest("account: analytics").replace("name: invoices", "name: absent"))
                        .resources()
                        .getFirst()
                        .message())
                .isEqualTo("it is not in the cluster");
    }

    @Test
    void countsNoEntitlementForAnotherAccount() throws InvalidFile {
        harness.operator.limit(limits -> limits.delete("everything"));
        String entitlement = """
                ---
                {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: all}, spec: {
                  namespaceSelector: {}, allow: {managedPolicies: ["*"]}, account: analytics}}
                """;

        assertThat(result(manifest(READ) + entitlement).resources().getFirst().reason())
                .isEqualTo("NotEntitled");
    }

    @Test
    void reportsAnnotationOfAnotherOwnerInTheSameFiles() throws InvalidFile {
        PlanResult result = result(manifest(READ) + """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: invoices
                  annotations: {%s: "arn:aws:iam::111122223333:role/by-hand"}
                """.formatted(DesiredServiceAccount.ROLE_ARN));

        assertThat(result.resources().getFirst().reason()).isEqualTo("ServiceAccountConflict");
        assertThat(result.exitCode(false)).isEqualTo(PlanResult.REFUSED);
    }

    @Test
    void countsEarlierResourcesForQuota() throws InvalidFile {
        limitRoles(1);

        PlanResult result = result(manifest(READ) + manifest(READ).replace("name: invoices", "name: second"));

        assertThat(result.resources())
                .extracting(PlannedResource::action)
                .containsExactly(PlanAction.create, PlanAction.refused);
    }

    @Test
    void comparesWithTheResourceInClusterIfAwsIsNotRead() throws InvalidFile {
        begin(READ);
        withoutAws();

        PlanResult result = result(manifest(QUEUE));

        assertThat(names(result.resources().getFirst())).containsExactly("AttachRolePolicy", "DetachRolePolicy");
        assertThat(result.comparedWithIam()).isFalse();
        assertThat(plan(READ).action()).isEqualTo(PlanAction.none);
    }

    @Test
    void plansCreationIfAwsIsNotRead() throws InvalidFile {
        withoutAws();

        assertThat(plan(READ).action()).isEqualTo(PlanAction.create);
    }

    @Test
    void reportsUserWhoMayNotReadIam() throws InvalidFile {
        begin(READ);
        PlanSources.Aws aws = sources.aws().orElseThrow();
        sources = new PlanSources(
                sources.cluster(),
                sources.entitlements(),
                Optional.of(new PlanSources.Aws(new DeniedRoles(), aws.associations(), aws.provider(), aws.policies())),
                sources.podIdentity());

        PlanResult result = result(manifest(QUEUE));

        assertThat(names(result.resources().getFirst())).containsExactly("AttachRolePolicy", "DetachRolePolicy");
        assertThat(result.comparedWithIam()).isFalse();
        assertThat(result.warnings()).singleElement().asString().contains("not compared with IAM", "iam:GetRole");
    }

    @Test
    void plansOnlyTheAnnotationOfARoleOfOthers() throws InvalidFile {
        String arn = "arn:aws:iam::444455556666:role/terraform/invoices";
        harness.operator.limit(limits ->
                limits.apply("external", "namespaceSelector: {}\nallow: {externalRoleARNs: ['" + arn + "']}"));

        PlannedResource planned = plan("externalRole: {arn: '" + arn + "'}");

        assertThat(names(planned)).containsExactly("CreateServiceAccount");
        assertThat(planned.action()).isEqualTo(PlanAction.change);
        assertThat(planned.isBlocked()).isFalse();
    }

    @Test
    void plansTheAnnotationOfARoleOfOthersThatIsNotRead() throws InvalidFile {
        String arn = "arn:aws:iam::111122223333:role/terraform/invoices";
        harness.operator.limit(limits ->
                limits.apply("external", "namespaceSelector: {}\nallow: {externalRoleARNs: ['" + arn + "']}"));
        assertThat(plan("externalRole: {arn: '" + arn + "'}").reason()).isEqualTo("RoleNotFound");
        withoutAws();

        PlannedResource planned = plan("externalRole: {arn: '" + arn + "'}");

        assertThat(names(planned)).containsExactly("CreateServiceAccount");
        assertThat(planned.message()).contains("its trust policy was not checked");
    }

    @Test
    void comparesAssociationOfStatusIfAwsIsNotRead() throws InvalidFile {
        begin(READ + "\ndelivery: [PodIdentity]");
        withoutAws();

        assertThat(plan(READ + ", delivery: [PodIdentity]").action()).isEqualTo(PlanAction.none);
    }

    private void limitRoles(int max) {
        harness.operator.limit(limits -> limits.apply(
                "everything",
                "namespaceSelector: {}\nallow: {managedPolicies: ['*']}\nlimits: {rolesPerNamespace: " + max + "}"));
    }

    @Test
    void keepsRoleWhoseQuotaWasLoweredIfAwsIsNotRead() throws InvalidFile {
        begin(READ);
        limitRoles(0);
        withoutAws();

        assertThat(plan(READ).action()).isEqualTo(PlanAction.none);
        assertThat(names(plan(QUEUE))).containsExactly("AttachRolePolicy", "DetachRolePolicy");
    }

    @Test
    void keepsRoleThatEntitlementsNoLongerAllowIfAwsIsNotRead() throws InvalidFile {
        begin(READ);
        harness.operator.limit(limits ->
                limits.apply("everything", "namespaceSelector: {}\nallow: {managedPolicies: [AmazonSQSFullAccess]}"));
        withoutAws();

        assertThat(names(plan(QUEUE))).containsExactly("AttachRolePolicy", "DetachRolePolicy");
    }

    @Test
    void deletesRoleThatEntitlementsNoLongerAllowIfAwsIsNotRead() throws InvalidFile {
        begin(READ);
        harness.operator.limit(limits -> limits.delete("everything"));
        withoutAws();
        deletes = true;

        assertThat(names(plan(READ))).contains("DetachRolePolicy", "DeleteRole");
    }

    @Test
    void addsBoundaryOfEntitlementInTheSameFilesIfAwsIsNotRead() throws InvalidFile {
        begin(READ);
        withoutAws();

        PlanResult result = result(manifest(READ) + """
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: everything}
                spec:
                  namespaceSelector: {}
                  allow:
                    managedPolicies: ["*"]
                  require:
                    permissionsBoundaryARN: arn:aws:iam::111122223333:policy/edge
                """);

        assertThat(names(result.resources().getFirst())).containsExactly("PutRolePermissionsBoundary");
    }

    @Test
    void reportsUserWhoMayNotReadEks() throws InvalidFile {
        PlanSources.Aws aws = sources.aws().orElseThrow();
        sources = new PlanSources(
                sources.cluster(),
                sources.entitlements(),
                Optional.of(new PlanSources.Aws(aws.roles(), new DeniedAssociations(), aws.provider(), aws.policies())),
                sources.podIdentity());

        PlanResult result = result(manifest(READ + ", delivery: [PodIdentity]"));

        assertThat(names(result.resources().getFirst())).contains("CreateRole", "CreatePodIdentityAssociation");
        assertThat(result.resources().getFirst().message()).doesNotContain("eks:");
        assertThat(result.comparedWithIam()).isTrue();
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .contains("not compared with EKS", "eks:ListPodIdentityAssociations");
    }

    @Test
    void reportsUserWhoMayNotListPods() throws InvalidFile {
        begin(READ + "\ndelivery: [IRSA, PodIdentity]");
        PlanSources live = sources;
        ClusterReads denied = (ClusterReads) Proxy.newProxyInstance(
                ClusterReads.class.getClassLoader(), new Class<?>[] {ClusterReads.class}, (_, method, arguments) -> {
                    if (method.getName().equals("pods")) {
                        throw new FailureException(new Failure.AccessDenied("list pods", "forbidden"));
                    }
                    return method.invoke(live.cluster(), arguments);
                });
        sources = new PlanSources(denied, live.entitlements(), live.aws(), live.podIdentity());

        PlanResult result = result(manifest(READ + ", delivery: [PodIdentity]"));

        assertThat(result.warnings())
                .singleElement()
                .asString()
                .contains("you do not have the permission to list pods in namespace payments");
        assertThat(result.resources().getFirst().message()).doesNotContain("the operator");
    }

    /** EKS, for a user without any permission. */
    private static final class DeniedAssociations implements AssociationReads {
        private static FailureException denied() {
            return new FailureException(new Failure.AccessDenied("eks:ListPodIdentityAssociations", "not authorized"));
        }

        @Override
        public List<Listed> list() {
            throw denied();
        }

        @Override
        public Optional<Listed> find(String namespace, String serviceAccount) {
            throw denied();
        }

        @Override
        public Optional<ObservedAssociation> describe(String id) {
            throw denied();
        }
    }

    /** IAM, for a user without any permission. */
    private static final class DeniedRoles implements RoleReads {
        private static FailureException denied() {
            return new FailureException(new Failure.AccessDenied("iam:GetRole", "not authorized"));
        }

        @Override
        public Optional<ObservedRole> role(String name) {
            throw denied();
        }

        @Override
        public Optional<CreatedRole> roleWithCreationTime(String name) {
            throw denied();
        }

        @Override
        public Optional<ObservedTrust> trust(String roleName) {
            throw denied();
        }

        @Override
        public ObservedPolicies policies(String roleName) {
            throw denied();
        }

        @Override
        public Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName) {
            throw denied();
        }

        @Override
        public List<String> instanceProfiles(String roleName) {
            throw denied();
        }
    }
}
