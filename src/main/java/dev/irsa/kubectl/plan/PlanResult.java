package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.irsa.api.v1beta1.IamServiceAccount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan for several resources. The names of its fields are those that programs read in JSON and YAML, and are stable.
 *
 * @param accounts the IamAccounts in the files
 * @param comparedWithIam whether every resource was compared with what IAM shows
 * @param warnings what users should know before they rely on it
 */
@JsonPropertyOrder({"resources", "accounts", "summary", "comparedWithIam", "warnings"})
public record PlanResult(
        List<PlannedResource> resources,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PlannedAccount> accounts,
        boolean comparedWithIam,
        List<String> warnings) {
    /** The exit code if a user has to act before every resource can become Ready. */
    public static final int REFUSED = 1;

    /** The exit code if there are changes, with {@code --detailed-exitcode}. */
    public static final int CHANGES = 2;

    public PlanResult {
        resources = List.copyOf(resources);
        accounts = List.copyOf(accounts);
        warnings = List.copyOf(warnings);
    }

    /** Creates a plan without IamAccounts. */
    public PlanResult(List<PlannedResource> resources, boolean comparedWithIam, List<String> warnings) {
        this(resources, List.of(), comparedWithIam, warnings);
    }

    /**
     * Returns the plan of these resources, in their order, from the plans for each AWS account.
     *
     * @param notCompared why some of them are not compared with AWS
     */
    public static PlanResult of(List<IamServiceAccount> order, List<PlanResult> parts, List<String> notCompared) {
        Map<String, PlannedResource> planned = parts.stream()
                .flatMap(part -> part.resources().stream())
                .collect(Collectors.toMap(
                        resource -> resource.namespace() + "/" + resource.name(),
                        resource -> resource,
                        (one, _) -> one));
        return new PlanResult(
                order.stream()
                        .map(resource -> planned.get(Manifests.key(resource.getMetadata())))
                        .toList(),
                parts.stream().allMatch(PlanResult::comparedWithIam),
                Stream.concat(notCompared.stream(), parts.stream().flatMap(part -> part.warnings().stream()))
                        .distinct()
                        .toList());
    }

    /** Returns the plan with the IamAccounts in the files. */
    public PlanResult with(List<PlannedAccount> planned) {
        return new PlanResult(resources, planned, comparedWithIam, warnings);
    }

    /** Returns the number of resources by action. */
    @JsonProperty("summary")
    SortedMap<PlanAction, Long> summary() {
        SortedMap<PlanAction, Long> summary = new TreeMap<>(Comparator.comparing(PlanAction::name));
        Stream.of(PlanAction.values()).forEach(action -> summary.put(action, count(action)));
        return summary;
    }

    /** Returns the number of resources with this action. */
    long count(PlanAction action) {
        return resources.stream()
                .filter(resource -> resource.action() == action)
                .count();
    }

    /**
     * Returns the exit code.
     *
     * @param detailed whether changes have an exit code of their own
     */
    public int exitCode(boolean detailed) {
        if (resources.stream().anyMatch(PlannedResource::isBlocked)
                || accounts.stream().anyMatch(PlannedAccount::isBlocked)) {
            return REFUSED;
        }
        boolean changes = resources.stream()
                        .anyMatch(resource -> resource.action().changes())
                || accounts.stream().anyMatch(account -> account.action().changes());
        return detailed && changes ? CHANGES : 0;
    }
}
