package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;

/** What is no object: health, the issuer, what one may do, and which resources there are. */
final class ClusterInfo {
    private static final String RULES = """
            {"resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}],
             "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}], "incomplete": false}""";

    private final ResourceTypes types;
    private volatile String issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

    ClusterInfo(ResourceTypes types) {
        this.types = types;
    }

    void setIssuer(String url) {
        issuer = url;
    }

    /** Empty for what it does not know. */
    Optional<JsonNode> answer(ApiRequest request) {
        return switch (request.path()) {
            case "/readyz", "/livez", "/healthz" -> Optional.of(TextNode.valueOf("ok"));
            case "/.well-known/openid-configuration" ->
                Optional.of(Json.object().put("issuer", issuer).put("jwks_uri", issuer + "/openid/v1/jwks"));
            case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" ->
                Optional.of(reviewed(request, Json.object().put("allowed", true)));
            case "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews" ->
                Optional.of(reviewed(request, Json.readObject(RULES)));
            case "/api" -> Optional.of(Json.object().put("kind", "APIVersions").set("versions", strings("v1")));
            case "/apis" -> Optional.of(groups());
            default -> group(request.path());
        };
    }

    private static ObjectNode reviewed(ApiRequest request, ObjectNode status) {
        return Json.readObject(request.body()).set("status", status);
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        types.all().stream()
                .filter(type -> !type.group().isEmpty())
                .map(ClusterInfo::group)
                .distinct()
                .forEach(list.putArray("groups")::add);
        return list;
    }

    private static ObjectNode group(ResourceType type) {
        ObjectNode version =
                Json.object().put("groupVersion", type.apiVersion()).put("version", type.version());
        ObjectNode group = Json.object().put("name", type.group());
        group.putArray("versions").add(version);
        group.set("preferredVersion", version);
        return group;
    }

    private Optional<JsonNode> group(String path) {
        List<ResourceType> served = types.all().stream()
                .filter(type -> path.equals((type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion()))
                .toList();
        if (served.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", served.getFirst().apiVersion());
        served.stream().map(ClusterInfo::resource).forEach(list.putArray("resources")::add);
        return Optional.of(list);
    }

    private static ObjectNode resource(ResourceType type) {
        return Json.object()
                .put("name", type.plural())
                .put("singularName", "")
                .put("namespaced", type.namespaced())
                .put("kind", type.kind())
                .set("verbs", strings("create", "delete", "get", "list", "patch", "update", "watch"));
    }

    private static JsonNode strings(String... values) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }
}
