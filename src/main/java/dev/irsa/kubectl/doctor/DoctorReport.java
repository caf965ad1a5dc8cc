package dev.irsa.kubectl.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Diagnosis.Finding;
import dev.irsa.kubectl.diagnosis.Result;
import dev.irsa.kubectl.diagnosis.Result.Outcome;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;

/**
 * The result of {@code kubectl irsa doctor}. The names are part of the interface of the command.
 *
 * @param pod empty if only the ServiceAccount was examined
 * @param container empty if only the ServiceAccount was examined
 * @param cause the first cause that was found; empty if none was
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DoctorReport(
        String namespace,
        String serviceAccount,
        String pod,
        String container,
        String delivery,
        String cause,
        List<Check> checks,
        List<String> notes) {
    /** Returns the report of a diagnosis. Text from the cluster and from AWS is cleaned. */
    public static DoctorReport of(CredentialFacts facts, Diagnosis diagnosis) {
        return new DoctorReport(
                facts.subject().namespace(),
                facts.subject().serviceAccount(),
                facts.pod().map(pod -> pod.name()).orElse(""),
                facts.container().map(container -> container.name()).orElse(""),
                facts.usesPodIdentity() ? "PodIdentity" : "IRSA",
                diagnosis.firstFailed().map(finding -> finding.cause().name()).orElse(""),
                diagnosis.findings().stream().map(DoctorReport::check).toList(),
                diagnosis.notes());
    }

    private static Check check(Finding finding) {
        Result result = finding.result();
        return new Check(
                finding.cause().name(),
                finding.cause().title(),
                result.outcome(),
                PlainText.of(result.seen()),
                PlainText.of(result.remedy()));
    }

    /** Returns the text for people: all checks in the order of the chain, then what was found in full, then what to do. */
    public String format(Terminal terminal) {
        StringBuilder text = new StringBuilder(subject()).append("\n\n");
        text.append(Check.table(checks, terminal)).append('\n');
        in(Outcome.Failed).forEach(check -> text.append(check.details("Failed")));
        in(Outcome.Warning).forEach(check -> text.append(check.details("Warning")));
        text.append(Check.reasons(checks, terminal));
        text.append(summary(terminal)).append('\n');
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private String subject() {
        String examined = pod.isEmpty() ? "" : "Pod " + pod + ", container " + container + ", ";
        return examined + "ServiceAccount " + namespace + "/" + serviceAccount + ", delivery " + delivery;
    }

    private String summary(Terminal terminal) {
        int unknown = in(Outcome.NotChecked).size();
        if (!cause.isEmpty()) {
            return terminal.red("Cause: " + cause);
        }
        return terminal.bold(unknown == 0 ? "No check failed." : "No check failed; " + unknown + " could not be made.");
    }

    private List<Check> in(Outcome state) {
        return checks.stream().filter(check -> check.state() == state).toList();
    }
}
