package dev.irsa.machine;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request on the wire.
 *
 * @param target path and query
 * @param call what it asks for
 */
record AwsRequest(String method, String target, Map<String, List<String>> headers, String body, AwsCall call) {
    private static final String STS_API_VERSION = "2011-06-15";

    static AwsRequest read(HttpExchange exchange) throws IOException {
        var method = exchange.getRequestMethod();
        var target = exchange.getRequestURI().toString();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new AwsRequest(
                method,
                target,
                exchange.getRequestHeaders(),
                body,
                call(method, exchange.getRequestURI().getPath(), body));
    }

    /** The same credentials asking IAM for one role. */
    AwsRequest getRole(String roleName) {
        var body = "Action=GetRole&Version=2010-05-08&RoleName=" + roleName;
        return new AwsRequest("POST", "/", headers, body, new AwsCall("iam", "GetRole", Map.of("RoleName", roleName)));
    }

    private static AwsCall call(String method, String path, String body) {
        if (path.startsWith("/clusters")) {
            return new AwsCall("eks", eksAction(method, path), Map.of());
        }
        var parameters = form(body);
        // The signature names the service too, but AssumeRoleWithWebIdentity is not signed.
        var service = STS_API_VERSION.equals(parameters.get("Version")) ? "sts" : "iam";
        return new AwsCall(service, parameters.getOrDefault("Action", method + " " + path), parameters);
    }

    private static String eksAction(String method, String path) {
        return switch (method + " " + path.replaceAll("(?<=^/clusters/)[^/]+", "NAME")) {
            case "GET /clusters" -> "ListClusters";
            case "POST /clusters" -> "CreateCluster";
            case "GET /clusters/NAME" -> "DescribeCluster";
            case "DELETE /clusters/NAME" -> "DeleteCluster";
            default -> method + " " + path;
        };
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]), (first, again) -> first));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
