package dev.irsa.kubectl.rolespec;

import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.text.Page;
import dev.irsa.core.trust.ExclusiveTrust;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Decides whether a role can become the role of a ServiceAccount's resource. The annotation of a ServiceAccount proves nothing,
 * because every user who may edit the ServiceAccount can write it. The trust policy of the role decides.
 */
public record RoleImporter(ClusterIdentity cluster) {
    /** What to do with a role that cannot be imported. */
    static final String KEEP = "leave the role to its tool and name it in spec.externalRole";

    /**
     * A ServiceAccount and its role.
     *
     * @param annotations of the ServiceAccount, which the webhook reads
     */
    public record Request(
            String namespace, String serviceAccount, SortedMap<String, String> annotations, LiveRole role) {
        public Request {
            annotations = Sorted.copyOf(annotations);
        }
    }

    /** Returns the resource that equals the role, or why there is none. */
    public RoleImport of(Request request) {
        String audience =
                request.annotations().getOrDefault(DesiredServiceAccount.AUDIENCE, TokenSpec.DEFAULT_AUDIENCE);
        TrustTerms terms = new TrustTerms(
                cluster.account(),
                cluster.oidcProvider(),
                Optional.empty(),
                request.namespace(),
                List.of(request.serviceAccount()),
                audience);
        ExclusiveTrust trust = ExclusiveTrust.of(
                request.role().trust(), terms.provider(), terms.subject(request.serviceAccount()), audience);
        return owner(request)
                .or(() -> refusal(trust, terms.provider(), audience))
                .<RoleImport>map(refused -> refused)
                .orElseGet(() -> new SpecOfRole(request, cluster, audience, notes(trust, audience)).build());
    }

    /** A trust policy without an audience admits every token that the provider accepts. */
    private static List<String> notes(ExclusiveTrust trust, String audience) {
        return trust instanceof ExclusiveTrust.Exclusive(var audiences) && audiences.isEmpty()
                ? List.of("The trust policy admits tokens with every audience. Afterwards, it admits only those with "
                        + audience + ".")
                : List.of();
    }

    private Optional<Refused> owner(Request request) {
        SortedMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        tags.putAll(request.role().role().tags());
        String resource = tags.get(OwnershipTags.RESOURCE);
        if (resource == null) {
            return otherOffer(request, tags);
        }
        return Optional.of(new Refused(
                "IamServiceAccount " + resource + " of cluster " + tags.getOrDefault(OwnershipTags.CLUSTER, "(unknown)")
                        + " owns the role",
                "set deletionPolicy: Retain on that resource, and then delete it" + Page.RETAINED_ROLES.reference()));
    }

    /** The operator writes one audience. Tokens with another one would lose the role. */
    private static Optional<Refused> otherAudiences(SortedSet<String> audiences, String ours) {
        List<String> others =
                audiences.stream().filter(audience -> !audience.equals(ours)).toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refused(
                        "the trust policy also admits tokens with the audience " + String.join(", ", others),
                        "remove it from the trust policy if it is not used, or " + KEEP));
    }

    private Optional<Refused> otherOffer(Request request, SortedMap<String, String> tags) {
        String ours =
                cluster.owner(request.namespace(), request.serviceAccount()).offer();
        return Optional.ofNullable(tags.get(OwnershipTags.ADOPTABLE_BY))
                .filter(offer -> !offer.equals(ours))
                .map(offer -> new Refused(
                        "the role is offered to " + offer + " by the tag " + OwnershipTags.ADOPTABLE_BY,
                        "find out who offered it; then remove the tag, or adopt it there"));
    }

    private static Optional<Refused> refusal(ExclusiveTrust trust, String provider, String audience) {
        return switch (trust) {
            case ExclusiveTrust.Exclusive(var audiences) -> otherAudiences(audiences, audience);
            case ExclusiveTrust.Shared(var others) ->
                Optional.of(new Refused(
                        "the role also serves " + String.join(", ", others),
                        "remove them from the trust policy, or " + KEEP));
            case ExclusiveTrust.NotAdmitted(String why) ->
                Optional.of(new Refused(
                        "the trust policy does not admit the ServiceAccount through " + provider + ": " + why,
                        "correct the annotation, or the trust policy; kubectl irsa doctor shows the chain"));
            case ExclusiveTrust.Restricted(String what) ->
                Optional.of(new Refused(
                        "the trust policy has " + what + ", which the operator would remove",
                        "remove it if it is not needed, or " + KEEP));
        };
    }
}
