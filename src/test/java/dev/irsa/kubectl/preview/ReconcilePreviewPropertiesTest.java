package dev.irsa.kubectl.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What a preview shows is what the operator then does. */
class ReconcilePreviewPropertiesTest {
    /** Longer than the operator takes to find drift and to finish a move. */
    private static final Duration LONG = Duration.ofHours(3);

    /** Reasons for which the operator makes more changes later, without an event. */
    private static final Set<String> WAITS = Set.of("Reconciling", "WaitingForPods");

    /** An action of a user, in Kubernetes or in the AWS console. */
    record Action(String name, Consumer<ReconcileHarness> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 80)
    void operatorMakesExactlyThePlannedChanges(@ForAll("actions") List<Action> before, @ForAll("action") Action last) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.run(LONG);
        for (Action action : before) {
            action.act().accept(harness);
            harness.operator.run(LONG);
        }
        last.act().accept(harness);
        if (harness.resource().isEmpty()) {
            return;
        }
        var resource = harness.resource().get();
        List<String> shown = snapshot(harness);
        Preview preview = harness.operator.preview().of(resource);
        assertThat(snapshot(harness)).as("a preview changes nothing").isEqualTo(shown);

        int earlier = harness.operator.changes().size();
        boolean hadFinalizer = resource.hasFinalizer(IamServiceAccount.FINALIZER);
        harness.operator.run(LONG);
        List<Change> changes = harness.operator
                .changes()
                .subList(earlier, harness.operator.changes().size());

        String reason = preview.ready().map(ready -> ready.reason()).orElse("deleted");
        Statistics.label("planned").collect(preview.changes().isEmpty() ? "no change" : "changes", reason);
        List<Change> planned = sent(preview.changes());
        List<Change> made = sent(changes);
        if (WAITS.contains(reason)) {
            assertThat(made.stream().limit(planned.size()).toList())
                    .as(preview.toString())
                    .isEqualTo(planned);
        } else {
            assertThat(made).as(preview.toString()).isEqualTo(planned);
        }
        boolean hasFinalizer = harness.resource()
                .map(now -> now.hasFinalizer(IamServiceAccount.FINALIZER))
                .orElse(false);
        assertThat(preview.addsFinalizer()).isEqualTo(!hadFinalizer && hasFinalizer);
    }

    /** The spec names an inline policy, but was rejected for its audience before the operator wrote the policy. */
    @Example
    void deletionShowsOnlyPoliciesThatTheRoleHas() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess]}\n");
        harness.operator.run(LONG);
        harness.apply("policies:\n  managed: [AmazonS3ReadOnlyAccess]\n" + allow("s3:GetObject")
                + "token: {audience: unknown}\n");
        harness.operator.run(LONG);
        harness.delete();

        Preview preview = harness.operator.preview().of(harness.resource().orElseThrow());

        assertThat(preview.changes())
                .filteredOn(RoleChange.class::isInstance)
                .containsExactly(
                        new RoleChange.DetachRolePolicy(ReconcileHarness.ROLE, ReconcileHarness.S3),
                        new RoleChange.DeleteRole(ReconcileHarness.ROLE));
    }

    /** Returns the changes without what a process remembers of the policies of a role, which is not sent to IAM. */
    private static List<Change> sent(List<Change> changes) {
        return changes.stream()
                .map(change -> change instanceof CreateRole(DesiredRole role)
                        ? new CreateRole(role.protectedBy(PolicyProtection.DEFAULT))
                        : change)
                .toList();
    }

    private static List<String> snapshot(ReconcileHarness harness) {
        List<String> all = new ArrayList<>();
        harness.operator.iam().roles().forEach(role -> all.add(role.toString()));
        harness.operator.users().serviceAccounts().forEach((name, account) -> all.add(name + account));
        harness.operator.users().resources().forEach(resource -> all.add(resource.toString()));
        return all;
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return action().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<Action> action() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, specs().map(spec -> new Action("apply " + spec, harness -> harness.apply(spec)))),
                Tuple.of(3, handEdits()),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                new Action(
                                        "delete", harness -> harness.resource().ifPresent(_ -> harness.delete())),
                                new Action("annotate as Helm", ReconcileHarness::annotateAsHelm),
                                new Action(
                                        "ServiceAccount of Helm",
                                        harness -> harness.operator
                                                .users()
                                                .annotate(
                                                        ReconcileHarness.NS,
                                                        ReconcileHarness.NAME,
                                                        "helm",
                                                        Map.of("chart", "x"))),
                                new Action(
                                        "foreign role",
                                        harness -> harness.operator
                                                .iam()
                                                .role(ReconcileHarness.ROLE)
                                                .ifPresentOrElse(
                                                        _ -> {},
                                                        () -> harness.operator
                                                                .iam()
                                                                .console()
                                                                .create(ReconcileHarness.ROLE, "/irsa/prod/", "{}"))),
                                new Action(
                                        "delete role",
                                        harness -> harness.operator
                                                .iam()
                                                .role(ReconcileHarness.ROLE)
                                                .ifPresent(_ -> harness.operator
                                                        .iam()
                                                        .console()
                                                        .delete(ReconcileHarness.ROLE))))));
    }

    private static Arbitrary<Action> handEdits() {
        return Arbitraries.of(
                edit("attach", role -> role.withAttached(ReconcileHarness.SQS)),
                edit("detach", role -> role.withoutAttached(ReconcileHarness.S3)),
                edit("delete inline", role -> role.withoutInline("read")),
                edit("retag", role -> role.withTag("team", "other")),
                edit("disown", role -> role.withoutTag(OwnershipTags.CLUSTER_ID)));
    }

    private static Action edit(String name, UnaryOperator<RoleRecord> change) {
        return new Action(
                name,
                harness -> harness.operator
                        .iam()
                        .role(ReconcileHarness.ROLE)
                        .ifPresent(_ -> harness.operator.iam().console().edit(ReconcileHarness.ROLE, change)));
    }

    private static Arbitrary<String> specs() {
        Arbitrary<String> managed = Arbitraries.of(
                "[]",
                "[AmazonS3ReadOnlyAccess]",
                "[AmazonSQSFullAccess]",
                "[AmazonS3ReadOnlyAccess, AmazonSQSFullAccess]");
        Arbitrary<String> inline = Arbitraries.of("", allow("s3:GetObject"), allow("s3:PutObject"));
        Arbitrary<String> role = Arbitraries.of(
                "",
                "role: {description: new, maxSessionDurationSeconds: 7200}\n",
                "role: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/edge'}\n",
                "role: {tags: {team: payments}}\n",
                "role: {adoption: IfOffered}\n");
        Arbitrary<String> rest = Arbitraries.of(
                "",
                "",
                "suspend: true\n",
                "deletionPolicy: Retain\n",
                "serviceAccounts: [{name: invoices, management: Ignore}]\n");
        Arbitrary<String> delivery =
                Arbitraries.of("", "", "", "delivery: [PodIdentity]\n", "delivery: [IRSA, PodIdentity]\n");
        Arbitrary<String> token = Arbitraries.of(
                "",
                "",
                "token: {expirationSeconds: 3600}\n",
                "token: {audience: other}\n",
                "token: {audience: unknown}\n");
        return Combinators.combine(managed, inline, role, rest, delivery, token)
                .as((policies, own, name, more, way, claims) ->
                        "policies:\n  managed: " + policies + "\n" + own + name + more + way + claims);
    }

    private static String allow(String action) {
        return "  inline:\n  - name: read\n    document: {Version: \"2012-10-17\", Statement: [{Effect: Allow, Action: \""
                + action + "\", Resource: \"*\"}]}\n";
    }
}
