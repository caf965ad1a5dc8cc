package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.imports.AdoptionProgress.State;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the adoption of roles is, for programs and people. The names of the fields are stable.
 *
 * @param summary the number of resources in each state
 */
public record ImportStatus(
        List<Item> resources,
        Map<String, Long> summary,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /**
     * One resource.
     *
     * @param state {@code imported}, {@code offered}, {@code adopted}, or {@code refused}
     * @param reason why it is refused or not Ready; may be empty
     */
    public record Item(String namespace, String name, String roleArn, String state, String reason) {}

    /** Returns the status. */
    public static ImportStatus of(List<AdoptionProgress> progress, List<NotRead> notRead) {
        TreeMap<String, Long> summary = new TreeMap<>();
        for (State state : State.values()) {
            summary.put(
                    name(state),
                    progress.stream().filter(item -> item.state() == state).count());
        }
        return new ImportStatus(
                progress.stream()
                        .map(item -> new Item(
                                item.key().namespace(),
                                item.key().name(),
                                item.roleArn(),
                                name(item.state()),
                                item.reason()))
                        .toList(),
                summary,
                notRead);
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Returns 0 if there are roles and all are adopted, 1 if not yet, and 2 if that is not known. */
    public int exitCode() {
        if (!notRead.isEmpty()) {
            return 2;
        }
        return !resources.isEmpty() && resources.size() == count(State.ADOPTED) ? 0 : 1;
    }

    private long count(State state) {
        return summary.getOrDefault(name(state), 0L);
    }

    /** Returns the text for people: a table, then the reasons, then a summary. */
    public String text(Terminal terminal) {
        Table table = new Table("NAMESPACE", "NAME", "ROLE", "STATE");
        StringBuilder reasons = new StringBuilder();
        for (Item item : resources) {
            String name = PlainText.line(item.name());
            table.add(PlainText.line(item.namespace()), name, PlainText.line(item.roleArn()), item.state());
            if (!item.reason().isEmpty()) {
                reasons.append('\n')
                        .append(terminal.bold(PlainText.line(item.namespace()) + "/" + name))
                        .append("\n  ")
                        .append(PlainText.line(item.reason()))
                        .append('\n');
            }
        }
        return table.format(terminal) + reasons + "\nAdoption: " + count(State.ADOPTED) + " adopted, "
                + count(State.OFFERED) + " offered, " + count(State.IMPORTED) + " imported, " + count(State.REFUSED)
                + " refused.\n";
    }
}
