package dev.irsa.kubectl.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Finding;
import dev.irsa.kubectl.diagnosis.Outcome;
import java.util.List;

/**
 * The result of {@code kubectl irsa doctor}, for programs. The names are part of the interface of the command.
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
    /** The outcome of a check, as programs read it. */
    public enum State {
        OK,
        Warning,
        Failed,
        NotChecked
    }

    /**
     * One check.
     *
     * @param cause the cause that it looks for
     * @param title what holds if the cause is absent
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Check(String cause, String title, State state, String seen, String remedy) {}

    /** Returns the report of a diagnosis. Text from the cluster and from AWS is cleaned. */
    public static DoctorReport of(CredentialFacts facts, Diagnosis diagnosis) {
        return new DoctorReport(
                facts.namespace(),
                facts.serviceAccount(),
                facts.pod().map(pod -> pod.name()).orElse(""),
                facts.container().map(container -> container.name()).orElse(""),
                facts.usesPodIdentity() ? "PodIdentity" : "IRSA",
                diagnosis.firstFailed().map(finding -> finding.cause().name()).orElse(""),
                diagnosis.findings().stream().map(DoctorReport::check).toList(),
                diagnosis.notes());
    }

    private static Check check(Finding finding) {
        return new Check(
                finding.cause().name(),
                finding.cause().title(),
                state(finding.result().outcome()),
                PlainText.of(finding.result().seen()),
                PlainText.of(finding.result().remedy()));
    }

    private static State state(Outcome outcome) {
        return switch (outcome) {
            case OK -> State.OK;
            case WARNING -> State.Warning;
            case FAILED -> State.Failed;
            case NOT_CHECKED, NOT_APPLICABLE -> State.NotChecked;
        };
    }

    List<Check> in(State state) {
        return checks.stream().filter(check -> check.state() == state).toList();
    }
}
