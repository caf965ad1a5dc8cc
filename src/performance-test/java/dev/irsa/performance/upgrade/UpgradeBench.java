package dev.irsa.performance.upgrade;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.Command;
import dev.irsa.performance.bench.HostDescription;
import dev.irsa.performance.bench.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * Upgrades the operator from an earlier build to this one and rolls it back, while users change resources. Writes the results
 * to docs/reliability.md.
 */
public final class UpgradeBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "reliability.md"));
    private static final int RESOURCES = 200;
    /** How long the users continue after each command. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NO_ROLLOUT = "no rollout";
    private static final String UPGRADE = "upgrade";
    private static final String ROLLBACK = "rollback";

    private final UpgradeMachine machine;
    private final LeaderTimes leaders = new LeaderTimes(System::nanoTime);
    private final EditTimes edits = new EditTimes(System::nanoTime);
    private final Workload workload;

    private UpgradeBench(UpgradeMachine machine) {
        this.machine = machine;
        this.workload = new Workload(machine, edits, RESOURCES);
    }

    /**
     * What had happened before a phase.
     *
     * @param calls to AWS
     * @param changes of the leader
     * @param versions of the unchanged resources and their ServiceAccounts
     */
    private record Mark(int calls, int changes, Map<String, String> versions) {}

    /** Exits with 1 if a violation was found. The argument is a checkout in which the earlier operator is built. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException("give a checkout in which the earlier operator is built");
        }
        Path before = Path.of(args[0]).toAbsolutePath();
        String description = "Measured on %s: from commit %s to %s, on %s."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC), commit(before), commit(Path.of("")), HostDescription.machine());
        List<String> violations;
        try (UpgradeMachine machine = UpgradeMachine.start(before, Files.createTempDirectory("upgrade-bench-"))) {
            violations = new UpgradeBench(machine).run(description);
        }
        violations.forEach(violation -> System.err.println("FAILED: " + violation));
        System.exit(violations.isEmpty() ? 0 : 1);
    }

    private static String commit(Path checkout) {
        return new Command(List.of("git", "rev-parse", "--short=8", "HEAD"), Map.of(), checkout)
                .run("")
                .orThrow()
                .stdout()
                .strip();
    }

    private List<String> run(String description) throws IOException, InterruptedException {
        var client = machine.controlPlane().client();
        machine.installBefore();
        try (var _ = client.leases()
                        .inNamespace(UpgradeMachine.NAMESPACE)
                        .withName("irsa-operator")
                        .inform(leaders);
                var _ = client.resources(IamServiceAccount.class)
                        .inNamespace(Workload.NAMESPACE)
                        .inform(edits);
                workload) {
            workload.create();
            Mark start = mark();
            edits.begin(NO_ROLLOUT);
            workload.begin();
            measure(() -> {});
            Mark upgrade = mark();
            edits.begin(UPGRADE);
            Duration upgraded = measure(machine::upgrade);
            Mark rollback = mark();
            edits.begin(ROLLBACK);
            Duration rolledBack = measure(machine::rollBack);
            workload.end();
            List<String> violations = new ArrayList<>(lost());
            Mark end = mark();
            List<RolloutPhase> phases = List.of(
                    phase(NO_ROLLOUT, Optional.empty(), start, upgrade),
                    phase(UPGRADE, Optional.of(upgraded), upgrade, rollback),
                    phase(ROLLBACK, Optional.of(rolledBack), rollback, end));
            phases.forEach(phase -> violations.addAll(phase.violations()));
            report(description, table(phases).markdown());
            return violations;
        }
    }

    private Mark mark() {
        return new Mark(
                machine.proxy().calls().all().size(), leaders.withoutLeader().size(), workload.versionsOfUnchanged());
    }

    /** Returns how long the command took. The users continue meanwhile, and for a while after it. */
    private static Duration measure(Runnable command) {
        long began = System.nanoTime();
        command.run();
        long ended = System.nanoTime();
        Awaitility.await("users continue")
                .atMost(PATIENCE)
                .until(() -> System.nanoTime() - ended > AFTERWARDS.toNanos());
        return Duration.ofNanos(ended - began);
    }

    private RolloutPhase phase(String name, Optional<Duration> rollout, Mark from, Mark to) {
        List<AwsCall> calls = machine.proxy().calls().all();
        return new RolloutPhase(
                name,
                rollout,
                leaders.withoutLeader().subList(from.changes(), to.changes()),
                edits.of(name),
                new AwsWrites(calls.subList(0, from.calls()), calls.subList(from.calls(), to.calls())),
                from.versions().entrySet().stream()
                        .filter(object ->
                                !object.getValue().equals(to.versions().get(object.getKey())))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Waits until the last changes are made, and returns those that were lost. */
    private List<String> lost() {
        List<String> lost = new ArrayList<>(workload.errors());
        try {
            Awaitility.await("the last changes are made")
                    .atMost(PATIENCE)
                    .until(() -> edits.pending().isEmpty()
                            && workload.existingShortLived().isEmpty());
        } catch (ConditionTimeoutException e) {
            lost.add("not Ready with the last edit: " + edits.pending());
            lost.add("not deleted: " + workload.existingShortLived());
        }
        try (IamClient iam = machine.iam()) {
            List<String> roles = iam.listRolesPaginator(request -> request.pathPrefix("/irsa/")).roles().stream()
                    .map(Role::roleName)
                    .toList();
            if (roles.size() != RESOURCES) {
                lost.add("there are " + roles.size() + " roles instead of " + RESOURCES + ": " + roles);
            }
            workload.descriptions().forEach((resource, description) -> {
                String found = iam.getRole(request -> request.roleName(UpgradeMachine.role(resource)))
                        .role()
                        .description();
                if (!description.equals(found)) {
                    lost.add(resource + " has '" + found + "' instead of '" + description + "'");
                }
            });
        }
        return lost;
    }

    private static Table table(List<RolloutPhase> phases) {
        List<String> head = Stream.concat(Stream.of(""), phases.stream().map(RolloutPhase::name))
                .toList();
        List<List<String>> columns = phases.stream().map(RolloutPhase::cells).toList();
        List<List<String>> rows = IntStream.range(0, RolloutPhase.ROWS.size())
                .mapToObj(row -> Stream.concat(
                                Stream.of(RolloutPhase.ROWS.get(row)),
                                columns.stream().map(cells -> cells.get(row)))
                        .toList())
                .toList();
        return new Table(head, rows);
    }

    private static void report(String description, String table) throws IOException {
        System.out.println("\n" + description + "\n\n" + table);
        REPORT.replace("upgrade-machine", description);
        REPORT.replace("upgrade", table);
    }
}
