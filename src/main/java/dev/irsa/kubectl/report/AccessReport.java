package dev.irsa.kubectl.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.NotRead;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who in a cluster, or in several, can use which roles, and what the roles allow. The names are part of the interface of the command.
 *
 * @param kind always {@link #KIND}
 * @param createdAt the time of the report, in UTC
 * @param cluster the name of the cluster in the settings of its operator; null if it is not known
 * @param issuer the issuer of the cluster's tokens without its scheme; null in a report of several clusters
 * @param namespace null: all namespaces
 * @param clusters of which each role names its own; null in a report of one cluster
 * @param roles sorted by their ServiceAccounts
 * @param notSeen what else may allow or deny access
 * @param notRead what could not be read; if there is anything, the report is not complete
 * @param changes since an earlier report; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessReport(
        String kind,
        String createdAt,
        @Nullable String cluster,
        @Nullable String issuer,
        @Nullable String namespace,
        @Nullable List<ReportedCluster> clusters,
        List<ReportedRole> roles,
        List<String> notSeen,
        List<NotRead> notRead,
        @Nullable Comparison changes) {
    /** What distinguishes the document from others. */
    public static final String KIND = "AccessReport";

    public AccessReport {
        Objects.requireNonNull(createdAt);
        if (clusters == null) {
            Objects.requireNonNull(issuer);
        } else {
            clusters = List.copyOf(clusters);
        }
        roles = List.copyOf(roles);
        notSeen = List.copyOf(notSeen);
        notRead = List.copyOf(notRead);
    }

    /**
     * One of several clusters.
     *
     * @param name its context
     * @param cluster as above
     * @param issuer as above
     * @param namespace as above
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReportedCluster(
            String name,
            @Nullable String cluster,
            String issuer,
            @Nullable String namespace) {
        public ReportedCluster {
            Objects.requireNonNull(name);
            Objects.requireNonNull(issuer);
        }
    }

    /** Returns the report of all clusters, of which at least one was read. A role that two of them can use is in it twice. */
    public static AccessReport of(ClusterResults<AccessReport> reports) {
        AccessReport first = reports.values().findFirst().orElseThrow();
        if (!reports.areSeveral()) {
            return first;
        }
        return new AccessReport(
                KIND,
                first.createdAt(),
                null,
                null,
                null,
                reports.read().stream()
                        .flatMap(report -> report.value().scopes().stream()
                                .map(scope -> new ReportedCluster(
                                        report.cluster(), scope.cluster(), scope.issuer(), scope.namespace())))
                        .toList(),
                reports.read().stream()
                        .flatMap(report -> report.value().roles().stream().map(role -> role.in(report.cluster())))
                        .toList(),
                first.notSeen(),
                reports.notRead(AccessReport::notRead),
                null);
    }

    /** Returns the clusters, of which the only one has no name. */
    List<ReportedCluster> scopes() {
        return clusters != null
                ? clusters
                : List.of(new ReportedCluster("", cluster, Objects.requireNonNullElse(issuer, ""), namespace));
    }

    /** Returns the same with what changed since an earlier report. */
    public AccessReport since(AccessReport earlier) {
        return new AccessReport(
                kind,
                createdAt,
                cluster,
                issuer,
                namespace,
                clusters,
                roles,
                notSeen,
                notRead,
                Comparer.compare(earlier, this));
    }

    /** Returns the flags among these that a role has, each in a sentence; none if no role has one. */
    public List<String> raised(Collection<Flag> flags) {
        return flags.stream()
                .distinct()
                .flatMap(flag -> Stream.of(flag)
                        .map(raised ->
                                roles.stream().filter(role -> role.has(raised)).toList())
                        .filter(found -> !found.isEmpty())
                        .map(found -> found.size() + (found.size() == 1 ? " role has" : " roles have") + " the flag "
                                + flag + ", such as " + found.getFirst().title()))
                .toList();
    }

    /** Returns why it is not complete; empty if it is. */
    public Optional<String> incompleteness() {
        return AccessInventory.incompleteness("report", notRead);
    }
}
