package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.GitOpsTool;
import dev.irsa.kubectl.imports.WaveItem;
import dev.irsa.kubectl.imports.WaveItem.Step;
import dev.irsa.kubectl.kubernetes.ResourceResumes;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.runtime.StartFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Implements {@code --resume}: resumes the resources of a folder in groups. The file is edited before the cluster, so that a run goes
 * on where the last one ended.
 */
final class ResumeWaves {
    private static final int BAR = 20;

    private final WaveFiles files;
    private final WorkloadReads workloads;
    private final ResourceResumes resumes;
    private final Output output;
    private final Pace pace;

    /**
     * How the groups are made.
     *
     * @param size of a group
     * @param timeout for a group; empty: without waiting
     * @param poll between two reads of the resources
     * @param approvesChanges whether resources are resumed whose adoption changes more than ownership tags
     */
    record Pace(int size, Optional<Duration> timeout, Duration poll, boolean approvesChanges) {}

    ResumeWaves(WaveFiles files, WorkloadReads workloads, ResourceResumes resumes, Output output, Pace pace) {
        this.files = files;
        this.workloads = workloads;
        this.resumes = resumes;
        this.output = output;
        this.pace = pace;
    }

    /** Resumes one group, or, if it waits, one after the other; returns the exit code. */
    int run() throws StartFailure, InterruptedException {
        List<WaveItem> items = items();
        items.stream()
                .filter(item -> item.step() == Step.SKIPPED)
                .forEach(item -> output.note("Skipped " + item.name() + ": " + item.why()));
        // A file of the last group that cannot be edited would otherwise stop the move in the middle.
        files.edited(items.stream().filter(ResumeWaves::isResumable).toList());
        List<WaveItem> group = group(items);
        while (!group.isEmpty()) {
            if (hasFailed(group) || !resume(group)) {
                return StartFailure.ENVIRONMENT;
            }
            if (pace.timeout().isEmpty()) {
                return exitCode(items);
            }
            if (!awaitAll(group, pace.timeout().get())) {
                return StartFailure.ENVIRONMENT;
            }
            items = items();
            group = group(items);
        }
        output.note("Adopted, Ready, and Available: " + count(items, Step.FINISHED) + ", skipped: "
                + count(items, Step.SKIPPED) + ".");
        return exitCode(items);
    }

    /** Those that a later run resumes are not skipped. */
    private static int exitCode(List<WaveItem> items) {
        return count(items, Step.SKIPPED) == 0 ? 0 : StartFailure.ENVIRONMENT;
    }

    /** Those that an earlier run has resumed come first, so that no more than one group is under way. */
    private List<WaveItem> group(List<WaveItem> items) {
        return Stream.of(Step.RUNNING, Step.RESUMABLE)
                .flatMap(step -> items.stream().filter(item -> item.step() == step))
                .limit(pace.size())
                .toList();
    }

    private boolean resume(List<WaveItem> group) throws StartFailure {
        group.stream()
                .filter(item -> item.step() == Step.RUNNING)
                .forEach(item -> output.note("Already resumed, and not finished: " + item.name() + ": " + item.why()));
        List<WaveItem> resumable =
                group.stream().filter(ResumeWaves::isResumable).toList();
        files.resume(resumable);
        boolean all = true;
        List<WaveItem> pushed = new ArrayList<>();
        for (WaveItem item : resumable) {
            IamServiceAccount live = item.live().orElseThrow();
            Optional<GitOpsTool> tool = GitOpsTool.of(live.getMetadata(), resumes.managers(live));
            if (tool.isPresent()) {
                pushed.add(item);
                output.note("Resumed " + item.name() + " in " + files.file(item) + ", not in the cluster, because "
                        + tool.get().title() + " manages it.");
            } else if (resumes.resume(live, now -> isResumable(item(item.manifest(), Optional.of(now))))) {
                output.note("Resumed " + item.name() + ".");
            } else {
                all = false;
                files.suspendAgain(item);
                output.fail(item.name() + " is not resumed because it has changed since it was read; run the command"
                        + " again");
            }
        }
        if (!pushed.isEmpty()) {
            output.note("Commit and push: "
                    + pushed.stream()
                            .map(item -> files.file(item).toString())
                            .distinct()
                            .collect(Collectors.joining(" ")));
        }
        return all;
    }

    private boolean awaitAll(List<WaveItem> group, Duration timeout) throws InterruptedException {
        Set<AccountKey> keys = group.stream().map(WaveItem::key).collect(Collectors.toSet());
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<WaveItem> now =
                    items().stream().filter(item -> keys.contains(item.key())).toList();
            long finished = count(now, Step.FINISHED);
            output.step(bar(finished, now.size()) + finished + " of " + now.size() + " Ready and Available");
            if (finished == now.size()) {
                return true;
            }
            if (hasFailed(now)) {
                return false;
            }
            if (System.nanoTime() > end) {
                now.stream()
                        .filter(item -> item.step() != Step.FINISHED)
                        .forEach(item -> output.fail(item.name() + " is not Ready and Available after "
                                + timeout.toSeconds() + " s: "
                                + (isResumable(item)
                                        ? "the cluster still has suspend: true; commit and push " + files.file(item)
                                        : item.why())));
                return false;
            }
            Thread.sleep(pace.poll());
        }
    }

    /** Names those that only a user can finish. */
    private boolean hasFailed(List<WaveItem> items) {
        List<WaveItem> failed = items.stream()
                .filter(item -> item.step() == Step.SKIPPED || (item.step() == Step.RUNNING && item.isStalled()))
                .toList();
        failed.forEach(item -> output.fail(item.name() + " is not Ready, so no further group is resumed: " + item.why()
                + "; correct it, and run the command again"));
        return !failed.isEmpty();
    }

    private static String bar(long finished, int all) {
        int filled = Math.toIntExact(finished * BAR / Math.max(1, all));
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] ";
    }

    private List<WaveItem> items() {
        Map<AccountKey, IamServiceAccount> live = workloads.resources(files.namespace()).stream()
                .collect(Collectors.toMap(AccountKey::of, Function.identity()));
        return files.manifests().stream()
                .map(manifest -> item(manifest, Optional.ofNullable(live.get(AccountKey.of(manifest)))))
                .toList();
    }

    private WaveItem item(IamServiceAccount manifest, Optional<IamServiceAccount> live) {
        return WaveItem.of(manifest, live, pace.approvesChanges());
    }

    private static long count(List<WaveItem> items, Step step) {
        return items.stream().filter(item -> item.step() == step).count();
    }

    private static boolean isResumable(WaveItem item) {
        return item.step() == Step.RESUMABLE;
    }
}
