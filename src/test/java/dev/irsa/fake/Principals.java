package dev.irsa.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may stand in a trust policy. IAM looks principals of the kind AWS up and refuses a document that names one it
 * does not find; here those with {@code NoSuch} in their ARN do not exist.
 */
final class Principals {
    private static final Set<String> KINDS = Set.of("AWS", "Federated", "Service", "CanonicalUser");
    private static final Pattern AWS =
            Pattern.compile("\\*|\\d{12}|A(ROA|IDA)[A-Z0-9]+|arn:[a-z-]+:(iam|sts)::\\d{12}:.+");
    private static final Pattern ACCOUNT = Pattern.compile("(\"AWS\"\\s*:\\s*\")(\\d{12})(\")");
    private static final Pattern FEDERATED =
            Pattern.compile("arn:[a-z-]+:iam::\\d{12}:(oidc|saml)-provider/.+|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private Principals() {}

    /**
     * The document as IAM keeps it: an account that is named by its id is named by the ARN of its root. Any other
     * document stays as it is, to the character.
     */
    static String rewritten(String document, String partition) {
        return ACCOUNT.matcher(document)
                .replaceAll(match ->
                        match.group(1) + "arn:" + partition + ":iam::" + match.group(2) + ":root" + match.group(3));
    }

    static void check(JsonNode principal) {
        if (principal.isMissingNode() || principal.asText().equals("*")) {
            return;
        }
        if (!principal.isObject()) {
            throw IamErrors.malformed("Invalid principal in policy.");
        }
        principal.properties().forEach(kind -> {
            if (!KINDS.contains(kind.getKey())) {
                throw IamErrors.malformed("Invalid principal in policy: \"" + kind.getKey() + "\"");
            }
            PolicyRules.values(kind.getValue()).forEach(who -> check(kind.getKey(), who));
        });
    }

    private static void check(String kind, String who) {
        if (kind.equals("AWS") && (!AWS.matcher(who).matches() || who.contains("NoSuch"))) {
            throw IamErrors.malformed("Invalid principal in policy: \"AWS\":\"" + who + "\"");
        }
        if (kind.equals("Federated") && !FEDERATED.matcher(who).matches()) {
            throw IamErrors.malformed("Federated principals must be valid domain names or SAML metadata ARNs");
        }
    }
}
