package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything that the operator does with Kubernetes, each once, in one namespace that no entitlement selects at first.
 *
 * @param invoices a resource of that namespace, not yet applied
 */
record FullWorkload(World world, AppliedResource invoices) {
    private static final String SMALLEST = "{policies: {managed: [AWSXRayDaemonWriteAccess]}}";
    private static final Pattern LABELLING = Pattern.compile("kubectl (label namespace \\S+ \\S+=\\S+)");

    static FullWorkload in(World world, String namespace) {
        return new FullWorkload(world, new AppliedResource(world, namespace, "invoices"));
    }

    void all() {
        refuseAndServeOnceTheNamespaceIsLabelled();
        changeTheRole();
        restoreTheServiceAccount();
        repairDriftTwice();
        annotateAServiceAccountThatWasThere();
        tellOfAnOrphan();
        tellTheSameOfTheOperatorTwice();
        deleteTheRole();
    }

    private void refuseAndServeOnceTheNamespaceIsLabelled() {
        invoices.spec(SMALLEST);
        var command = LABELLING.matcher(invoices.awaitReason("NotEntitled"));
        assertThat(command.find()).as(invoices.ready("message")).isTrue();
        assertThat(invoices.trueConditions()).isEqualTo("Stalled");
        assertThat(invoices.finalizers()).isEmpty();

        world.kubectl().run(command.group(1).split(" ")).orThrow();

        invoices.awaitReady();
        invoices.await("event").until(() -> !invoices.events("RoleCreated").isEmpty());
    }

    private void changeTheRole() {
        invoices.spec("{role: {description: changed}, policies: {managed: [AWSXRayDaemonWriteAccess]}}")
                .awaitReady();
        assertThat(world.role(invoices.role()).description()).isEqualTo("changed");
    }

    private void restoreTheServiceAccount() {
        world.kubectl()
                .run("-n", invoices.namespace(), "annotate", "sa/invoices", Subject.ROLE_ARN + "-")
                .orThrow();
        World.await().until(() -> !invoices.roleArnAnnotation().isEmpty());
    }

    /** The second time raises the count of the first event. */
    private void repairDriftTwice() {
        for (String count : new String[] {"", " 2"}) {
            ManualDrift.put(world, invoices.role(), "backdoor", ManualDrift.statement("Allow", "iam:*"));
            World.await().until(() -> world.inline(invoices.role()).isEmpty());
            invoices.await("event")
                    .until(() -> invoices.events("DriftRepaired").stream().anyMatch(event -> event.endsWith(count)));
        }
    }

    private void annotateAServiceAccountThatWasThere() {
        AppliedResource ledger = new AppliedResource(world, invoices.namespace(), "ledger");
        world.kubectl()
                .run("-n", ledger.namespace(), "create", "serviceaccount", "ledger")
                .orThrow();
        ledger.spec(SMALLEST).awaitReady();
        assertThat(ledger.roleArnAnnotation())
                .isEqualTo(world.role(ledger.role()).arn());
        ledger.delete().awaitGone();
        assertThat(ledger.hasServiceAccount()).isTrue();
    }

    private void tellOfAnOrphan() {
        String role = World.roleName(invoices.namespace(), "lost");
        Map<String, String> tags = new TreeMap<>(world.tags(invoices.role()));
        tags.put("irsa.dev/resource", invoices.namespace() + "/lost");
        ConsoleUser.makeRole(world, role, "/irsa/" + World.CLUSTER + "/", tags);
        deployment().awaitEvent("RolesOrphaned", role);
        ConsoleUser.removeRole(world, role);
    }

    private void tellTheSameOfTheOperatorTwice() {
        for (int times : new int[] {1, 2}) {
            world.proxy().faults().deny("iam:GetAccountAuthorizationDetails");
            World.await().until(() -> told("SweepDenied") == times);
            world.proxy().clear();
            World.await().until(() -> world.proxy().calls().count("iam:GetAccountAuthorizationDetails") > 1);
        }
    }

    private int told(String reason) {
        String events = "{range .items[?(@.reason==\"" + reason + "\")]}{.note}{\"|\"}{.series.count}{end}";
        String told = world.kubectl()
                .get("-n", deployment().namespace(), "get", "events.v1.events.k8s.io", "-o=jsonpath=" + events);
        String count = told.substring(told.indexOf('|') + 1);
        return told.isEmpty() ? 0 : count.isEmpty() ? 1 : Integer.parseInt(count);
    }

    private Subject deployment() {
        return new Subject(world, "irsa-operator", "irsa-operator");
    }

    private void deleteTheRole() {
        invoices.delete().awaitGone();
        World.await().until(() -> !invoices.hasServiceAccount());
        assertThat(world.roleExists(invoices.role())).isFalse();
    }
}
