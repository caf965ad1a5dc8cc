package dev.irsa.machine;

import dev.irsa.machine.Reply.Answer;
import java.util.List;
import java.util.Map;

/** Errors in the form in which each service sends them: XML for IAM and STS, JSON for EKS. */
final class AwsErrors {
    private static final String CALLER = "arn:aws:sts::123456789012:assumed-role/irsa-operator/irsa-operator";

    private AwsErrors() {}

    static Answer throttling(AwsCall call) {
        return call.service().equals("eks")
                ? error(call, 429, "TooManyRequestsException", "Too many requests")
                : error(call, 400, "Throttling", "Rate exceeded");
    }

    static Answer noSuchRole(AwsCall call) {
        return error(
                call,
                404,
                "NoSuchEntity",
                "The role with name " + call.roleName().orElse("") + " cannot be found.");
    }

    /** As "Troubleshoot access denied error messages" of the IAM guide shows it, which names action and reason. */
    static Answer accessDenied(AwsCall call, String because) {
        var message =
                "User: " + CALLER + " is not authorized to perform: " + call.name() + resource(call) + " " + because;
        return error(call, 403, call.service().equals("eks") ? "AccessDeniedException" : "AccessDenied", message);
    }

    static String noPolicyAllows(AwsCall call) {
        return "because no identity-based policy allows the " + call.name() + " action";
    }

    static Answer error(AwsCall call, int status, String code, String message) {
        return call.service().equals("eks") ? json(status, code, message) : xml(call, status, code, message);
    }

    private static String resource(AwsCall call) {
        return call.roleName()
                .map(name -> call.action().equals("CreateRole")
                        ? " on resource: arn:aws:iam::123456789012:role"
                                + call.parameters().getOrDefault("Path", "/") + name
                        : " on resource: role " + name)
                .orElse("");
    }

    private static Answer json(int status, String code, String message) {
        var body = "{\"message\":\"" + message + "\"}";
        return new Answer(
                status, Map.of("Content-Type", List.of("application/json"), "x-amzn-ErrorType", List.of(code)), body);
    }

    private static Answer xml(AwsCall call, int status, String code, String message) {
        var namespace = call.service().equals("sts")
                ? "https://sts.amazonaws.com/doc/2011-06-15/"
                : "https://iam.amazonaws.com/doc/2010-05-08/";
        return Answer.of(status, "text/xml", """
                <ErrorResponse xmlns="%s">
                  <Error>
                    <Type>Sender</Type>
                    <Code>%s</Code>
                    <Message>%s</Message>
                  </Error>
                  <RequestId>00000000-0000-4000-8000-000000000000</RequestId>
                </ErrorResponse>
                """.formatted(namespace, code, message));
    }
}
