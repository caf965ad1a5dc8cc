package dev.irsa.mock;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.internal.MockDispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * An API server in this process, on a free port of 127.0.0.1, with the namespaces kube-system and default and the
 * definitions of this project. Where it differs from a real one: no schema validation but defaults, no authentication,
 * one version a kind, watches over WebSockets only, and what the controller manager does is done before the answer to
 * the request that gives rise to it.
 */
public final class MockApiServer implements AutoCloseable {
    /** Says every request at INFO. Held here, or its level would be forgotten with it. */
    private final Logger requestLog = Logger.getLogger(MockWebServer.class.getName());

    private final RequestCounts requests = new RequestCounts();
    private final ObjectApi objects;
    private final ClusterInfo cluster;
    private final ApiDispatcher dispatcher;
    private final KubernetesMockServer server;
    private final KubernetesClient client;

    private MockApiServer(Clock clock) {
        requestLog.setLevel(Level.WARNING);
        ResourceTypes types = new ResourceTypes();
        objects = new ObjectApi(types, clock);
        cluster = new ClusterInfo(types);
        MockWebServer web = new MockWebServer();
        web.setHttp2ClearTextEnabled(false);
        Map<ServerRequest, Queue<ServerResponse>> expectations = new HashMap<>();
        dispatcher = new ApiDispatcher(objects, cluster, requests, new MockDispatcher(expectations), web::reset);
        server = new KubernetesMockServer(
                new Context(Json.MAPPER),
                web,
                expectations,
                dispatcher,
                false,
                new VersionInfo.Builder().withMajor("1").withMinor("36").build());
        server.init();
        client = newClient();
    }

    /** Starts with this machine's clock. */
    public static MockApiServer start() {
        return start(Clock.systemUTC());
    }

    /** Starts with a clock that says when objects are made and deleted, to the second. */
    public static MockApiServer start(Clock clock) {
        MockApiServer started = new MockApiServer(clock);
        started.furnish();
        return started;
    }

    private void furnish() {
        for (String namespace : List.of("kube-system", "default")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        definitions().forEach(this::define);
        requests.clear();
    }

    private static List<Path> definitions() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("run this in the project's folder: it reads the definitions in crds", e);
        }
    }

    /** Serves the resources of a file of CustomResourceDefinitions too. */
    public void define(Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            client.load(yaml).items().forEach(item -> client.resource(item).create());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** A client that lives as long as this server. */
    public KubernetesClient client() {
        return client;
    }

    /** Another client of its own, for the caller to close. */
    public KubernetesClient newClient() {
        return server.createClient();
    }

    /** For clients that the caller builds. */
    public Config config() {
        return client.getConfiguration();
    }

    /** Where it listens. */
    public String url() {
        return server.url("/");
    }

    /** What the discovery document of the cluster says from now on. */
    public void setIssuer(String issuer) {
        cluster.setIssuer(issuer);
    }

    /** Asks before each request, in place of any earlier interceptor, what shall go wrong. */
    public void intercept(Interceptor interceptor) {
        dispatcher.intercept(interceptor);
    }

    /** Serves every request again. */
    public void stopIntercepting() {
        dispatcher.intercept(request -> Fault.none());
    }

    /** Ends all running watches, as a restart does. */
    public void dropWatches() {
        objects.dropWatches();
    }

    /** How often each request came. */
    public RequestCounts requests() {
        return requests;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
