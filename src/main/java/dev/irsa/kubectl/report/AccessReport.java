package dev.irsa.kubectl.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.kubectl.get.NotRead;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who in a cluster can use which roles, and what the roles allow. The names are part of the interface of the command.
 *
 * @param kind always {@link #KIND}
 * @param createdAt the time of the report, in UTC
 * @param cluster the name of the cluster in the settings of its operator; null if it is not known
 * @param issuer the issuer of the cluster's tokens without its scheme
 * @param namespace null: all namespaces
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
        String issuer,
        @Nullable String namespace,
        List<ReportedRole> roles,
        List<String> notSeen,
        List<NotRead> notRead,
        @Nullable Comparison changes) {
    /** What distinguishes the document from others. */
    public static final String KIND = "AccessReport";

    public AccessReport {
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(issuer);
        roles = List.copyOf(roles);
        notSeen = List.copyOf(notSeen);
        notRead = List.copyOf(notRead);
    }

    /** Returns the same with what changed since an earlier report. */
    public AccessReport since(AccessReport earlier) {
        return new AccessReport(
                kind, createdAt, cluster, issuer, namespace, roles, notSeen, notRead, Comparer.compare(earlier, this));
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
                                + flag + ", such as " + found.getFirst().roleArn()))
                .toList();
    }

    /** Returns why it is not complete; empty if it is. */
    public Optional<String> incompleteness() {
        return notRead.isEmpty()
                ? Optional.empty()
                : Optional.of("the report is not complete: "
                        + String.join(
                                "; ", notRead.stream().map(NotRead::reason).toList()));
    }
}
