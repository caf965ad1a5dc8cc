package dev.irsa.kubectl.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.Result.Outcome;
import dev.irsa.kubectl.doctor.Check;
import dev.irsa.kubectl.output.Terminal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chain from a resource to the credentials of its pods. The names are part of the interface of the command.
 *
 * @param links in the order of the chain
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(String namespace, String name, Role role, List<Check> links, List<String> notes) {
    private static final int LABEL = 16;

    public Explanation {
        links = List.copyOf(links);
        notes = List.copyOf(notes);
    }

    /**
     * What the resource asks for.
     *
     * @param arn of the role; empty if the spec is not valid
     * @param account the name of the IamAccount; empty for the account of the operator
     * @param boundary ARN of the permissions boundary, also if the entitlement demands it
     * @param managedPolicies ARNs
     * @param inlinePolicies names
     * @param templatePolicies the documents of those that are rendered from templates, by name
     * @param delivery how pods obtain credentials
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Role(
            String arn,
            String account,
            String boundary,
            List<String> managedPolicies,
            List<String> inlinePolicies,
            Map<String, String> templatePolicies,
            List<String> serviceAccounts,
            List<String> delivery) {
        public Role {
            managedPolicies = List.copyOf(managedPolicies);
            inlinePolicies = List.copyOf(inlinePolicies);
            templatePolicies = Collections.unmodifiableMap(new TreeMap<>(templatePolicies));
            serviceAccounts = List.copyOf(serviceAccounts);
            delivery = List.copyOf(delivery);
        }
    }

    /** Returns the first broken link; empty if none is broken. */
    public Optional<Check> firstBroken() {
        return links.stream().filter(link -> link.state() == Outcome.Failed).findFirst();
    }

    /**
     * Returns the text for people: what the resource asks for, every link, and the first broken one with what to do.
     */
    public String format(Terminal terminal) {
        StringBuilder text =
                new StringBuilder(terminal.bold("IamServiceAccount " + namespace + "/" + name)).append('\n');
        line(text, "Role", role.arn());
        line(text, "IamAccount", PlainText.line(role.account()));
        line(text, "Boundary", role.boundary());
        line(text, "Policies", String.join(", ", role.managedPolicies()));
        line(text, "Inline policies", String.join(", ", role.inlinePolicies()));
        role.templatePolicies()
                .forEach((policy, document) -> line(text, "  " + PlainText.line(policy), PlainText.line(document)));
        line(text, "ServiceAccounts", String.join(", ", role.serviceAccounts()));
        line(text, "Delivery", String.join(", ", role.delivery()));
        text.append('\n').append(Check.table(links, terminal)).append('\n');
        Optional<Check> broken = firstBroken();
        if (broken.isPresent()) {
            text.append(terminal.red(broken.get().details("Broken").stripTrailing()))
                    .append('\n');
        } else {
            links.stream()
                    .filter(link -> link.state() == Outcome.Warning)
                    .forEach(link -> text.append(link.details("Warning")));
            text.append(Check.reasons(links, terminal));
            text.append(terminal.bold(summary())).append('\n');
            notes.forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private String summary() {
        long unknown = links.stream()
                .filter(link -> link.state() == Outcome.NotChecked)
                .count();
        return unknown == 0 ? "No link is broken." : "No link is broken; " + unknown + " could not be checked.";
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("  ")
                    .append(label)
                    .repeat(' ', Math.max(1, LABEL - label.length()))
                    .append(value)
                    .append('\n');
        }
    }
}
