package dev.irsa.machine;

import static dev.irsa.machine.QueryProtocol.read;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.irsa.fake.InMemoryIam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.IamException;

/** The IAM in memory behind HTTP, and enough of STS to say whose account it is: an AWS that needs nothing but a JDK. */
public final class IamServer implements AutoCloseable {
    /** Of the IAM in memory. */
    private static final String ACCOUNT = "111122223333";

    private final InMemoryIam iam;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private IamServer(InMemoryIam iam) throws IOException {
        this.iam = iam;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Listens on a free port. */
    public static IamServer before(InMemoryIam iam) throws IOException {
        var started = new IamServer(iam);
        started.server.createContext("/", started::handle);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    /** For {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(AwsRequest.read(exchange).call());
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().putAll(answer.headers());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply.Answer answer(AwsCall call) {
        try {
            var body = call.name().equals("sts:GetCallerIdentity")
                    ? identity()
                    : QueryProtocol.write(call.action(), result(call.action(), call.parameters()));
            return Reply.Answer.of(200, "text/xml", body);
        } catch (IamException refusal) {
            var details = refusal.awsErrorDetails();
            return AwsErrors.error(call, refusal.statusCode(), details.errorCode(), details.errorMessage());
        }
    }

    private SdkPojo result(String action, Map<String, String> form) {
        return switch (action) {
            case "CreateRole" -> iam.createRole(request -> read(form, request));
            case "GetRole" -> iam.getRole(request -> read(form, request));
            case "UpdateRole" -> iam.updateRole(request -> read(form, request));
            case "UpdateAssumeRolePolicy" -> iam.updateAssumeRolePolicy(request -> read(form, request));
            case "DeleteRole" -> iam.deleteRole(request -> read(form, request));
            case "TagRole" -> iam.tagRole(request -> read(form, request));
            case "UntagRole" -> iam.untagRole(request -> read(form, request));
            case "ListRoleTags" -> iam.listRoleTags(request -> read(form, request));
            case "PutRolePermissionsBoundary" -> iam.putRolePermissionsBoundary(request -> read(form, request));
            case "DeleteRolePermissionsBoundary" -> iam.deleteRolePermissionsBoundary(request -> read(form, request));
            case "AttachRolePolicy" -> iam.attachRolePolicy(request -> read(form, request));
            case "DetachRolePolicy" -> iam.detachRolePolicy(request -> read(form, request));
            case "ListAttachedRolePolicies" -> iam.listAttachedRolePolicies(request -> read(form, request));
            case "PutRolePolicy" -> iam.putRolePolicy(request -> read(form, request));
            case "GetRolePolicy" -> iam.getRolePolicy(request -> read(form, request));
            case "DeleteRolePolicy" -> iam.deleteRolePolicy(request -> read(form, request));
            case "ListRolePolicies" -> iam.listRolePolicies(request -> read(form, request));
            case "ListInstanceProfilesForRole" -> iam.listInstanceProfilesForRole(request -> read(form, request));
            case "ListRoles" -> iam.listRoles(request -> read(form, request));
            case "GetAccountAuthorizationDetails" -> iam.getAccountAuthorizationDetails(request -> read(form, request));
            case "CreateOpenIDConnectProvider" -> iam.createOpenIDConnectProvider(request -> read(form, request));
            case "GetOpenIDConnectProvider" -> iam.getOpenIDConnectProvider(request -> read(form, request));
            case "ListOpenIDConnectProviders" -> iam.listOpenIDConnectProviders(request -> read(form, request));
            case "AddClientIDToOpenIDConnectProvider" ->
                iam.addClientIDToOpenIDConnectProvider(request -> read(form, request));
            case "DeleteOpenIDConnectProvider" -> iam.deleteOpenIDConnectProvider(request -> read(form, request));
            default -> throw new UnsupportedOperationException("the IAM in memory has no " + action);
        };
    }

    private static String identity() {
        return """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
                <Arn>arn:aws:iam::%1$s:user/operator</Arn><UserId>operator</UserId><Account>%1$s</Account>\
                </GetCallerIdentityResult></GetCallerIdentityResponse>""".formatted(ACCOUNT);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }
}
