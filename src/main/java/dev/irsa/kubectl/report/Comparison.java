package dev.irsa.kubectl.report;

import dev.irsa.core.text.PlainText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What changed between two reports.
 *
 * @param since the time of the earlier report
 * @param roles those that changed, in the order of their ARNs
 */
public record Comparison(String since, List<ChangedRole> roles) {
    public Comparison {
        roles = List.copyOf(roles);
    }

    /** What changed about a role. */
    public record ChangedRole(String roleArn, List<Change> changes) {
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
        if (!earlier.issuer().equals(later.issuer())) {
            return Optional.of("it is of the cluster with the issuer " + earlier.issuer()
                    + ", and this one has the issuer " + later.issuer());
        }
        return Objects.equals(earlier.namespace(), later.namespace())
                ? Optional.empty()
                : Optional.of("it is of " + scope(earlier) + ", and this one of " + scope(later));
    }

    private static String scope(AccessReport report) {
        return report.namespace() == null ? "all namespaces" : "namespace " + report.namespace();
    }

    /** Returns the text for people. */
    public String format() {
        if (roles.isEmpty()) {
            return "Nothing has changed since " + PlainText.line(since) + ".\n";
        }
        StringBuilder text = new StringBuilder("Changes since " + PlainText.line(since) + ":\n");
        for (ChangedRole role : roles) {
            text.append('\n').append(PlainText.line(role.roleArn())).append('\n');
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
