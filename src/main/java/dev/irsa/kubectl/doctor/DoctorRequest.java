package dev.irsa.kubectl.doctor;

import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user asks.
 *
 * @param eksCluster the name of the cluster in EKS; empty if it is unknown
 * @param actions to simulate
 */
public record DoctorRequest(Subject subject, Optional<String> eksCluster, List<RequestedAction> actions) {
    public DoctorRequest {
        actions = List.copyOf(actions);
    }

    /** An action on a resource, such as {@code s3:GetObject=arn:aws:s3:::bucket/key}. */
    public record RequestedAction(String action, String resource) {
        private static final Pattern FORM = Pattern.compile("([a-z0-9-]+:[A-Za-z0-9]+)(?:=(.+))?");

        /** Parses an action; without a resource, it stands for all resources. Returns empty if it has another form. */
        public static Optional<RequestedAction> parse(String text) {
            Matcher parts = FORM.matcher(text);
            return parts.matches()
                    ? Optional.of(new RequestedAction(
                            parts.group(1), Optional.ofNullable(parts.group(2)).orElse("*")))
                    : Optional.empty();
        }
    }
}
