package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Triggers each Kubernetes request of the operator, in one namespace that no entitlement selects at first. The cluster has the
 * template s3-read.
 *
 * @param invoices a resource of that namespace, which is not applied yet
 */
record FullWorkload(TestEnvironment env, AppliedResource invoices) {
    private static final String SMALLEST =
            "{policies: {templates: [{name: s3-read, parameters: {bucket: irsa-demo-invoices}}]}}";
    private static final Pattern LABEL_COMMAND = Pattern.compile("kubectl (label namespace \\S+ \\S+=\\S+)");

    static FullWorkload in(TestEnvironment env, String namespace) {
        return new FullWorkload(env, new AppliedResource(env, namespace, "invoices"));
    }

    void run() {
        createRoleOnceNamespaceIsLabeled();
        updateRole();
        restoreServiceAccount();
        repairDriftTwice();
        annotateExistingServiceAccount();
        reportOrphanedRole();
        repeatOperatorEvent();
        deleteRole();
    }

    private void createRoleOnceNamespaceIsLabeled() {
        invoices.spec(SMALLEST);
        var command = LABEL_COMMAND.matcher(invoices.awaitReason("NotEntitled"));
        assertThat(command.find()).as(invoices.ready("message")).isTrue();
        assertThat(invoices.trueConditions()).isEqualTo("Stalled");
        assertThat(invoices.finalizers()).isEmpty();

        env.kubectl().run(command.group(1).split(" ")).orThrow();

        invoices.awaitReady();
        invoices.await("event").until(() -> !invoices.events("RoleCreated").isEmpty());
    }

    private void updateRole() {
        invoices.spec(
                        "{role: {description: changed}, policies: {templates: [{name: s3-read, parameters: {bucket: irsa-demo-invoices}}]}}")
                .awaitReady();
        assertThat(env.role(invoices.role()).description()).isEqualTo("changed");
    }

    private void restoreServiceAccount() {
        env.kubectl()
                .run("-n", invoices.namespace(), "annotate", "sa/invoices", Subject.ROLE_ARN + "-")
                .orThrow();
        TestEnvironment.await().until(() -> !invoices.roleArnAnnotation().isEmpty());
    }

    /** The second repair increments the count of the event. */
    private void repairDriftTwice() {
        for (String count : new String[] {"", " 2"}) {
            ManualDrift.put(env, invoices.role(), "backdoor", ManualDrift.statement("Allow", "iam:*"));
            TestEnvironment.await().until(() -> env.inline(invoices.role()).equals(Set.of("s3-read")));
            invoices.await("event")
                    .until(() -> invoices.events("DriftRepaired").stream().anyMatch(event -> event.endsWith(count)));
        }
    }

    private void annotateExistingServiceAccount() {
        AppliedResource ledger = new AppliedResource(env, invoices.namespace(), "ledger");
        env.kubectl()
                .run("-n", ledger.namespace(), "create", "serviceaccount", "ledger")
                .orThrow();
        ledger.spec(SMALLEST).awaitReady();
        assertThat(ledger.roleArnAnnotation()).isEqualTo(env.role(ledger.role()).arn());
        ledger.delete().awaitGone();
        assertThat(ledger.hasServiceAccount()).isTrue();
    }

    private void reportOrphanedRole() {
        String role = TestEnvironment.roleName(invoices.namespace(), "lost");
        Map<String, String> tags = new TreeMap<>(env.tags(invoices.role()));
        tags.put("irsa.dev/resource", invoices.namespace() + "/lost");
        ConsoleUser.createRole(env, role, "/irsa/" + TestEnvironment.CLUSTER + "/", tags);
        deployment().awaitEvent("RolesOrphaned", role);
        ConsoleUser.deleteRole(env, role);
    }

    private void repeatOperatorEvent() {
        for (int times : new int[] {1, 2}) {
            env.proxy().faults().deny("iam:GetAccountAuthorizationDetails");
            TestEnvironment.await().until(() -> eventCount("SweepDenied") == times);
            env.proxy().clear();
            TestEnvironment.await().until(() -> env.proxy().calls().count("iam:GetAccountAuthorizationDetails") > 1);
        }
    }

    private int eventCount(String reason) {
        String events = "{range .items[?(@.reason==\"" + reason + "\")]}{.note}{\"|\"}{.series.count}{end}";
        String eventCount = env.kubectl()
                .get("-n", deployment().namespace(), "get", "events.v1.events.k8s.io", "-o=jsonpath=" + events);
        String count = eventCount.substring(eventCount.indexOf('|') + 1);
        return eventCount.isEmpty() ? 0 : count.isEmpty() ? 1 : Integer.parseInt(count);
    }

    private Subject deployment() {
        return new Subject(env, "irsa-operator", "irsa-operator");
    }

    private void deleteRole() {
        invoices.delete().awaitGone();
        TestEnvironment.await().until(() -> !invoices.hasServiceAccount());
        assertThat(env.roleExists(invoices.role())).isFalse();
    }
}
