package dev.irsa.kubectl.report;

import dev.irsa.core.access.AllowedAccess;
import dev.irsa.core.access.Answer;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.report.ReportedRole.Policy;
import dev.irsa.kubectl.report.ReportedRole.Raised;
import dev.irsa.kubectl.report.ReportedRole.User;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats a report as CSV, with a line for each ServiceAccount and role. The names of the columns are those of the document. */
final class ReportCsv {
    static final String HEAD =
            "namespace,name,linkedBy,iamServiceAccount,condition,roleArn,accountID,services,policies,boundary,alsoAdmits,"
                    + "createdAt,lastUsedAt,lastUsedIn,entitlement,flags\n";

    /** What a spreadsheet takes for a formula. Source: "CSV Injection" of OWASP. */
    private static final Pattern FORMULA = Pattern.compile("\\s*[=+@＝＋－＠-].*|[\t\r].*", Pattern.DOTALL);

    private static final Pattern QUOTED = Pattern.compile(".*[\",;].*");

    private ReportCsv() {}

    /** Begins the reports of several clusters. */
    static final String HEAD_OF_SEVERAL = "cluster," + HEAD;

    static String format(AccessReport report) {
        boolean several = report.clusters() != null;
        return (several ? HEAD_OF_SEVERAL : HEAD)
                + report.roles().stream()
                        .flatMap(role -> role.serviceAccounts().stream()
                                .map(user -> (several ? cell(role.cluster()) + "," : "") + line(user, role)))
                        .collect(Collectors.joining());
    }

    private static String line(User user, ReportedRole role) {
        return Stream.of(
                                user.namespace(),
                                user.name(),
                                user.linkedBy().name(),
                                user.iamServiceAccount(),
                                user.condition(),
                                role.roleArn(),
                                role.accountID(),
                                joined(role.allowed().stream()
                                        .filter(row -> row.allowed() != Answer.NO)
                                        .map(AllowedAccess::service)),
                                joined(role.policies().stream().map(Policy::name)),
                                role.boundary() == null ? null : role.boundary().name(),
                                String.join("; ", role.trust().alsoAdmits()),
                                role.use().createdAt(),
                                role.use().lastUsedAt(),
                                role.use().lastUsedIn(),
                                role.entitlement(),
                                joined(role.flags().stream().map(Raised::flag)))
                        .map(ReportCsv::cell)
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String joined(Stream<String> texts) {
        List<String> all = texts.distinct().toList();
        return String.join(" ", all);
    }

    /** Returns a cell in one line. An apostrophe keeps a spreadsheet from evaluating it. */
    static String cell(@Nullable String text) {
        String all = PlainText.line(Objects.requireNonNullElse(text, ""));
        String harmless = (FORMULA.matcher(all).matches() ? "'" : "") + all;
        return QUOTED.matcher(harmless).matches() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
