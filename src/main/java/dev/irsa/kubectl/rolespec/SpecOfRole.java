package dev.irsa.kubectl.rolespec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the spec that equals a role. */
final class SpecOfRole {
    private static final int MIN_TOKEN_SECONDS = 3600;
    private static final int MAX_TOKEN_SECONDS = 86_400;
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,5}");
    /** The paths and the policies that the schema accepts. IAM accepts more characters in a path. */
    private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9_+=,.@-]+/)*");

    private static final Pattern POLICY_ARN = Pattern.compile(
            "arn:aws(?:-[a-z]+)*:iam::(?:aws|[0-9]{12}):policy/(?:[A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}");

    private static final String VERSION = "Version";
    private static final String OLDEST_VERSION = "2008-10-17";

    private final RoleImporter.Request request;
    private final ObservedRole role;
    private final ClusterIdentity cluster;
    private final String audience;
    private final List<String> notes;

    /** @param notes about the trust policy, which precede the others */
    SpecOfRole(RoleImporter.Request request, ClusterIdentity cluster, String audience, List<String> notes) {
        this.request = request;
        this.role = request.role().role();
        this.cluster = cluster;
        this.audience = audience;
        this.notes = new ArrayList<>(notes);
    }

    RoleImport build() {
        return inexpressible().<RoleImport>map(refused -> refused).orElseGet(this::importable);
    }

    private Optional<Refused> inexpressible() {
        String wayOut = RoleImporter.KEEP + ", or create a new role";
        if (!PATH.matcher(role.path()).matches()) {
            return Optional.of(new Refused("spec.role.path does not accept the path " + role.path(), wayOut));
        }
        if (role.description().indexOf('\r') >= 0) {
            return Optional.of(new Refused(
                    "the description has a carriage return, which spec.role.description does not accept",
                    "change the description of the role"));
        }
        return request.role().managed().stream()
                .filter(arn -> !POLICY_ARN.matcher(arn).matches())
                .findFirst()
                .map(arn -> new Refused("spec.policies.managed does not accept " + arn, wayOut))
                .or(() -> policies()
                        .filter(policy -> policy.hasReservedName() && !isDeny(policy))
                        .findFirst()
                        .map(policy -> new Refused(
                                "the name of inline policy " + policy.name() + " is reserved for incident response",
                                "copy it to a policy with another name, and delete it")));
    }

    private Importable importable() {
        IamServiceAccountSpec spec = new IamServiceAccountSpec(
                List.of(),
                role(),
                null,
                new PoliciesSpec(managed(), inline()),
                token(),
                DeletionPolicy.Retain,
                true,
                List.of(Delivery.IRSA),
                cluster.account().name().isEmpty() ? null : cluster.account().name());
        return new Importable(spec, notes);
    }

    private RoleSpec role() {
        UserTagsOfRole tags = UserTagsOfRole.of(role.tags());
        notes.addAll(tags.notes());
        return new RoleSpec(
                role.name(),
                role.path(),
                role.description(),
                role.maxSessionSeconds(),
                role.boundary().orElse(null),
                tags.expressible(),
                AdoptionPolicy.IfOffered);
    }

    private List<String> managed() {
        List<String> managed = new ArrayList<>();
        for (String arn : request.role().managed()) {
            if (cluster.protectedPolicies().protects(arn)) {
                notes.add("Managed policy " + arn + " stays attached, because incident response may have attached it.");
            } else {
                managed.add(arn);
            }
        }
        return managed;
    }

    private List<InlinePolicy> inline() {
        policies()
                .filter(InlinePolicy::hasReservedName)
                .forEach(policy -> notes.add("Inline policy " + policy.name()
                        + " stays on the role, because incident response uses this name."));
        return policies().filter(policy -> !policy.hasReservedName()).toList();
    }

    private Stream<InlinePolicy> policies() {
        return request.role().inline().entrySet().stream()
                .map(policy -> new InlinePolicy(policy.getKey(), tree(policy.getValue())));
    }

    private static boolean isDeny(InlinePolicy policy) {
        return PolicyDocument.of(policy.document()).onlyDenies();
    }

    private TokenSpec token() {
        return new TokenSpec(audience.equals(TokenSpec.DEFAULT_AUDIENCE) ? null : audience, expiration(), regional());
    }

    private @Nullable Integer expiration() {
        String value = request.annotations().get(DesiredServiceAccount.EXPIRATION);
        if (value == null) {
            return null;
        }
        int seconds = SECONDS.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (seconds < MIN_TOKEN_SECONDS || seconds > MAX_TOKEN_SECONDS) {
            notes.add("Annotation " + DesiredServiceAccount.EXPIRATION + "=" + value
                    + " stays on the ServiceAccount; spec.token.expirationSeconds accepts " + MIN_TOKEN_SECONDS + " to "
                    + MAX_TOKEN_SECONDS + ".");
            return null;
        }
        return seconds;
    }

    private @Nullable Boolean regional() {
        String value = request.annotations().get(DesiredServiceAccount.REGIONAL);
        if (value == null || value.equals("true") || value.equals("false")) {
            return value == null ? null : (Boolean) value.equals("true");
        }
        notes.add("Annotation " + DesiredServiceAccount.REGIONAL + "=" + value
                + " stays on the ServiceAccount; spec.token.stsRegionalEndpoints accepts true and false.");
        return null;
    }

    /** Returns the document with the version that IAM assumes if it has none, because a spec must name it. */
    private static ObjectNode tree(PolicyDocument document) {
        ObjectNode tree = document.json();
        return tree.has(VERSION)
                ? tree
                : JsonNodeFactory.instance
                        .objectNode()
                        .put(VERSION, OLDEST_VERSION)
                        .setAll(tree);
    }
}
