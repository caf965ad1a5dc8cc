package dev.irsa.kubectl;

import dev.irsa.runtime.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The flags that choose what {@code import} does. Without one of them, it shows what it would write. */
final class ImportModes {
    private static final String SHOW = "";
    private static final String OUTPUT_DIR = "--output-dir";
    private static final String OFFER = "--offer";
    private static final String OFFER_FROM = "--offer-from";
    private static final String STATUS = "--status";
    private static final String RESUME = "--resume";

    private static final List<String> MODES = List.of(OFFER, OFFER_FROM, STATUS, RESUME, OUTPUT_DIR);

    /** The flags that only some modes have, and these modes. */
    private static final Map<String, Set<String>> ONLY_WITH = Map.of(
            "--all-namespaces", Set.of(SHOW, OUTPUT_DIR, OFFER, STATUS),
            "--from-eksctl", Set.of(SHOW, OUTPUT_DIR, OFFER),
            "--from-terraform-state", Set.of(SHOW, OUTPUT_DIR, OFFER),
            "--from", Set.of(STATUS),
            "--limit", Set.of(OFFER_FROM, RESUME),
            "--yes", Set.of(OFFER, OFFER_FROM),
            "--wait", Set.of(RESUME),
            "--approve-changes", Set.of(RESUME),
            "--timeout", Set.of(RESUME),
            "--output", Set.of(SHOW, OUTPUT_DIR, STATUS));

    /** With other settings than those of the operator, a role would be offered to a resource that cannot adopt it. */
    private static final Set<String> WITH_FLAGS_OF_OPERATOR = Set.of(SHOW, OUTPUT_DIR);

    @Option(
            names = {"-d", OUTPUT_DIR},
            paramLabel = "FOLDER",
            description = "Write the manifests and HANDOVER.md to this folder, which must be empty or not exist."
                    + " Default: only show what would be written")
    @Nullable
    Path folder;

    @Option(
            names = OFFER,
            paramLabel = "ROLE",
            description = "Offer the role of this name or ARN to its resource: set its tag irsa.dev/adoptable-by, and"
                    + " nothing else. Repeatable. The role must be one that can be imported")
    List<String> offers = new ArrayList<>();

    @Option(
            names = OFFER_FROM,
            paramLabel = "FOLDER",
            description = "Offer the roles that the manifests in this folder adopt, except those that are offered or"
                    + " adopted already")
    @Nullable
    Path offerFrom;

    @Option(
            names = STATUS,
            description =
                    "Show how far the adoption of each role is. Exit codes: 0 if all are adopted, 1 if not yet, and 2"
                            + " if something could not be read")
    boolean status;

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "With --status: the resources in the manifests of this folder. Default: those in the cluster")
    @Nullable
    Path from;

    @Option(
            names = RESUME,
            paramLabel = "FOLDER",
            description =
                    "Resume the resources of this folder whose roles are offered. It sets suspend: false in their files,"
                            + " and in the cluster unless a GitOps tool manages them")
    @Nullable
    Path resume;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            description =
                    "With --offer-from: offer at most this many roles. With --resume: resume in groups of this many"
                            + " resources, 50 by default")
    @Nullable
    Integer limit;

    @Option(
            names = "--wait",
            description =
                    "With --resume: wait until each resource of a group is Ready and Available, and go on with the"
                            + " next group. Stop if one is not")
    boolean wait;

    @Option(
            names = "--approve-changes",
            description = "With --resume: also resume resources whose adoption changes more than ownership tags, which"
                    + " status.pendingChanges lists")
    boolean approvesChanges;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = WaitTime.class,
            description = "With --wait: how long to wait for a group, such as 90s or 10m. Default: 5m")
    Duration timeout = Duration.ofMinutes(5);

    @Option(names = "--yes", description = "With --offer and --offer-from: do not ask for confirmation")
    boolean confirmed;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * Makes sure that the flags go together.
     *
     * @throws ParameterException if not, with what is allowed
     */
    void require() {
        ParseResult given = command.commandLine().getParseResult();
        List<String> modes = MODES.stream().filter(given::hasMatchedOption).toList();
        if (modes.size() > 1) {
            throw invalid(
                    String.join(" and ", modes) + " cannot be combined, because a run does one thing; pass only one of "
                            + String.join(", ", MODES));
        }
        String mode = modes.isEmpty() ? SHOW : modes.getFirst();
        for (OptionSpec option : given.matchedOptions()) {
            String flag = option.longestName();
            Set<String> allowed = ONLY_WITH.getOrDefault(flag, Set.of(mode));
            if (!allowed.contains(mode)) {
                throw invalid(flag + " cannot be combined with " + mode(mode) + "; use it with " + names(allowed));
            }
        }
        Optional<String> ofOperator = command.argGroups().stream()
                .flatMap(group -> group.allOptionsNested().stream())
                .filter(given::hasMatchedOption)
                .map(OptionSpec::longestName)
                .findFirst();
        if (ofOperator.isPresent() && !WITH_FLAGS_OF_OPERATOR.contains(mode)) {
            throw invalid(ofOperator.get() + " cannot be combined with " + mode
                    + ", which needs the settings that the operator has; set the flag on the operator");
        }
        if (from != null && given.hasMatchedOption("--all-namespaces")) {
            throw invalid("--all-namespaces cannot be combined with --from, whose manifests have their own namespaces");
        }
        if (limit != null && limit < 1) {
            throw invalid("--limit " + limit + " leaves nothing to do; pass 1 or more");
        }
        if (given.hasMatchedOption("--timeout") && !wait) {
            throw invalid("--timeout has no effect without --wait; pass both");
        }
    }

    /** Returns the manifests that the flags name, except those to resume. */
    Optional<ManifestDirectory> directory(String namespace) throws StartFailure {
        if (offerFrom != null) {
            return Optional.of(ManifestDirectory.read(OFFER_FROM, offerFrom, namespace));
        }
        return from == null ? Optional.empty() : Optional.of(ManifestDirectory.read("--from", from, namespace));
    }

    private static String mode(String mode) {
        return mode.isEmpty() ? "a run that only shows the import" : mode;
    }

    private static String names(Set<String> modes) {
        TreeSet<String> names = new TreeSet<>(modes);
        names.remove(SHOW);
        return String.join(", ", names);
    }

    private ParameterException invalid(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
