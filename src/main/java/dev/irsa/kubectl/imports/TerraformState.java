package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.plan.InvalidFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The roles in a state of Terraform or OpenTofu, as {@code terraform state pull} prints it. Everything else in it is
 * ignored, and no message quotes an attribute, because a state contains secrets.
 *
 * @param leftOut instances that are not ready to be handed over, each with its address and the reason
 */
public record TerraformState(List<TerraformRole> roles, List<String> leftOut) {
    /** The version that Terraform has written since 0.12. */
    private static final int VERSION = 4;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public TerraformState {
        roles = List.copyOf(roles);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Parses a state.
     *
     * @param source names the file in error messages
     * @throws InvalidFile if it is not a state of version 4
     */
    public static TerraformState parse(String source, String text) throws InvalidFile {
        Fields state = Fields.of(source, "", json(source, text));
        if (state.has("encrypted_data")) {
            throw new InvalidFile(source + " is encrypted; use the output of tofu state pull, which decrypts it");
        }
        if (state.has("format_version")) {
            throw new InvalidFile(source + " is the output of terraform show; use that of terraform state pull");
        }
        if (!state.node().path("version").isInt()) {
            throw new InvalidFile(source + " is not a Terraform state; use the output of terraform state pull");
        }
        int version = state.node().path("version").asInt();
        if (version != VERSION) {
            throw new InvalidFile(source + " is a Terraform state of version " + version + ", and only version "
                    + VERSION
                    + " is supported; run terraform state pull with Terraform 0.12 or newer");
        }
        List<String> leftOut = new ArrayList<>();
        List<TerraformResource> resources = resources(state, leftOut);
        List<TerraformRole> roles = new ArrayList<>();
        for (TerraformResource resource : resources) {
            if (resource.type().equals(TerraformResource.ROLE)) {
                roles.add(role(resource, resources));
            }
        }
        return new TerraformState(roles, leftOut);
    }

    /** Parses JSON. The message of Jackson may quote the file, so only the place is reported. */
    private static JsonNode json(String source, String text) throws InvalidFile {
        try {
            JsonNode state = JSON.readTree(text);
            if (state != null && state.isObject()) {
                return state;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidFile(source + " is not valid JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr())
                    + "; use the output of terraform state pull");
        }
        throw new InvalidFile(source + " is not a Terraform state; use the output of terraform state pull");
    }

    private static List<TerraformResource> resources(Fields state, List<String> leftOut) throws InvalidFile {
        List<TerraformResource> found = new ArrayList<>();
        for (Fields resource : state.objects("resources")) {
            String type = resource.text("type").orElse("");
            if (!TerraformResource.isKnown(type)
                    || !resource.text("mode").orElse("").equals("managed")) {
                continue;
            }
            String module = resource.text("module").orElse("");
            String name = resource.text("name").orElse("");
            String provider = resource.text("provider").orElse("");
            for (Fields instance : resource.objects("instances")) {
                String address = TerraformResource.address(
                        module, type, name, instance.node().path("index_key"));
                String obstacle = obstacle(instance, type);
                if (obstacle.isEmpty()) {
                    found.add(new TerraformResource(
                            address,
                            type,
                            provider,
                            instance.object("attributes").node()));
                } else {
                    leftOut.add(PlainText.line(address) + ": " + obstacle);
                }
            }
        }
        return found;
    }

    /** Returns why an instance cannot be handed over as it is, or an empty text. */
    private static String obstacle(Fields instance, String type) throws InvalidFile {
        if (instance.has("deposed")) {
            return "deposed, so Terraform is about to delete it; run terraform apply first";
        }
        if (instance.text("status").orElse("").equals("tainted")) {
            return "tainted, so the next terraform apply replaces it; run terraform untaint first";
        }
        if (!instance.has("attributes")) {
            return "without attributes; run terraform apply with Terraform 0.12 or newer first";
        }
        boolean isNamed = instance.object("attributes").text("name").isPresent();
        return isNamed || !type.equals(TerraformResource.ROLE) ? "" : "without a name; run terraform refresh first";
    }

    private static TerraformRole role(TerraformResource role, List<TerraformResource> resources) {
        return new TerraformRole(
                role.address(), role.attribute("arn"), role.attribute("assume_role_policy"), related(role, resources));
    }

    private static List<String> related(TerraformResource role, List<TerraformResource> resources) {
        List<TerraformResource> parts = resources.stream()
                .filter(resource -> resource.isPartOf(role.attribute("name")))
                .filter(resource ->
                        hasOneAccount(role, resources) || resource.provider().equals(role.provider()))
                .toList();
        Set<String> addresses = new LinkedHashSet<>();
        for (String type : TerraformResource.PARTS) {
            parts.stream().filter(part -> part.type().equals(type)).forEach(part -> addresses.add(part.address()));
        }
        resources.stream()
                .filter(policy -> policy.type().equals(TerraformResource.POLICY))
                .filter(policy -> !policy.attribute("arn").isEmpty())
                .filter(policy -> role.attaches(policy.attribute("arn"))
                        || parts.stream().anyMatch(part -> part.attaches(policy.attribute("arn"))))
                .forEach(policy -> addresses.add(policy.address()));
        return List.copyOf(addresses);
    }

    /** A name is unique in an account. Roles of the same name are in several, each with a provider of its own. */
    private static boolean hasOneAccount(TerraformResource role, List<TerraformResource> resources) {
        return resources.stream()
                        .filter(other -> other.type().equals(TerraformResource.ROLE))
                        .filter(other -> other.attribute("name").equals(role.attribute("name")))
                        .map(TerraformResource::provider)
                        .distinct()
                        .count()
                == 1;
    }
}
