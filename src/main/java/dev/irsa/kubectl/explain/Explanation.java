package dev.irsa.kubectl.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.kubectl.doctor.DoctorReport.Check;
import dev.irsa.kubectl.doctor.DoctorReport.State;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chain from a resource to the credentials of its pods, for programs. The names are part of the interface of the command.
 *
 * @param links in the order of the chain
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(String namespace, String name, Role role, List<Check> links, List<String> notes) {
    public Explanation {
        links = List.copyOf(links);
        notes = List.copyOf(notes);
    }

    /**
     * What the resource asks for.
     *
     * @param arn of the role; empty if the spec is not valid
     * @param boundary ARN of the permissions boundary, also if the entitlement demands it
     * @param managedPolicies ARNs
     * @param inlinePolicies names
     * @param templatePolicies the documents of those that are rendered from templates, by name
     * @param delivery how pods obtain credentials
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Role(
            String arn,
            String boundary,
            List<String> managedPolicies,
            List<String> inlinePolicies,
            Map<String, String> templatePolicies,
            String serviceAccount,
            List<String> additionalServiceAccounts,
            List<String> delivery) {
        public Role {
            managedPolicies = List.copyOf(managedPolicies);
            inlinePolicies = List.copyOf(inlinePolicies);
            templatePolicies = Collections.unmodifiableMap(new TreeMap<>(templatePolicies));
            additionalServiceAccounts = List.copyOf(additionalServiceAccounts);
            delivery = List.copyOf(delivery);
        }
    }

    /** Returns the first broken link; empty if none is broken. */
    public Optional<Check> firstBroken() {
        return links.stream().filter(link -> link.state() == State.Failed).findFirst();
    }
}
