package dev.irsa.kubectl.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.report.AccessReport.ReportedCluster;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two reports.
 *
 * @param since the time of the earlier report
 * @param roles those that changed, in the order of their clusters and ARNs
 */
public record Comparison(String since, List<ChangedRole> roles) {
    public Comparison {
        roles = List.copyOf(roles);
    }

    /**
     * What changed about a role.
     *
     * @param cluster the context of the cluster; null in a report of one cluster
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ChangedRole(@Nullable String cluster, String roleArn, List<Change> changes) {
        public ChangedRole {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A change.
     *
     * @param what in words
     */
    public record Change(Kind kind, String what) {}

    /** The kind of a change. */
    public enum Kind {
        added("+"),
        removed("-"),
        changed("~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /** Returns why two reports cannot be compared, as a clause; empty if they can. */
    public static Optional<String> obstacle(AccessReport earlier, AccessReport later) {
        SortedSet<String> before = names(earlier);
        SortedSet<String> now = names(later);
        if (!before.equals(now)) {
            return Optional.of("it is of " + clusters(before) + ", and this one of " + clusters(now));
        }
        return earlier.scopes().stream()
                .flatMap(was -> later.scopes().stream()
                        .filter(is -> is.name().equals(was.name()))
                        .flatMap(is -> obstacle(was, is).stream()))
                .findFirst();
    }

    private static Optional<String> obstacle(ReportedCluster earlier, ReportedCluster later) {
        if (!earlier.issuer().equals(later.issuer())) {
            return Optional.of("it is of the cluster" + named(earlier) + " with the issuer " + earlier.issuer()
                    + ", and this one has the issuer " + later.issuer());
        }
        return Objects.equals(earlier.namespace(), later.namespace())
                ? Optional.empty()
                : Optional.of("it is of " + scope(earlier) + ", and this one of " + scope(later));
    }

    private static String named(ReportedCluster cluster) {
        return cluster.name().isEmpty() ? "" : " " + PlainText.of(cluster.name());
    }

    private static String scope(ReportedCluster cluster) {
        return (cluster.namespace() == null ? "all namespaces" : "namespace " + cluster.namespace())
                + (cluster.name().isEmpty() ? "" : " of cluster" + named(cluster));
    }

    /** Returns the names of the clusters, also of those that could not be read; an empty one for the only cluster. */
    private static SortedSet<String> names(AccessReport report) {
        return Stream.concat(
                        report.scopes().stream().map(ReportedCluster::name),
                        report.notRead().stream().flatMap(missing -> Stream.ofNullable(missing.cluster())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String clusters(SortedSet<String> names) {
        return names.contains("")
                ? "one cluster"
                : (names.size() == 1 ? "cluster " : "clusters ") + PlainText.of(String.join(", ", names));
    }

    /** Returns the text for people. */
    public String format() {
        if (roles.isEmpty()) {
            return "Nothing has changed since " + PlainText.line(since) + ".\n";
        }
        StringBuilder text = new StringBuilder("Changes since " + PlainText.line(since) + ":\n");
        for (ChangedRole role : roles) {
            text.append('\n')
                    .append(PlainText.line(ReportedRole.title(role.cluster(), role.roleArn())))
                    .append('\n');
            role.changes()
                    .forEach(change -> text.append("  ")
                            .append(change.kind().sign)
                            .append(' ')
                            .append(PlainText.of(change.what()))
                            .append('\n'));
        }
        return text.toString();
    }
}
