package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.AssociationReads.Listed;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

/** Converts associations from the types of the EKS API. */
final class EksConversions {
    private static final Logger LOG = LoggerFactory.getLogger(EksConversions.class);

    private EksConversions() {}

    /** Returns empty for an incomplete entry: one unreadable association must not hide all others. */
    static Optional<Listed> listed(PodIdentityAssociationSummary entry) {
        if (entry.associationId() == null
                || entry.associationArn() == null
                || entry.namespace() == null
                || entry.serviceAccount() == null) {
            LOG.warn(
                    "{} returned an incomplete entry for association {}; it is skipped",
                    AwsAction.LIST_POD_IDENTITY_ASSOCIATIONS,
                    entry.associationId());
            return Optional.empty();
        }
        return Optional.of(new Listed(
                entry.associationId(),
                entry.associationArn(),
                entry.namespace(),
                entry.serviceAccount(),
                present(entry.ownerArn())));
    }

    /** Throws a failure if a response to a change does not contain the changed association. */
    static void check(@Nullable PodIdentityAssociation returned, String id, AwsAction action) {
        if (returned == null || !id.equals(returned.associationId())) {
            throw AwsCalls.unreadable(action);
        }
    }

    /** Returns the association of a response; throws a failure if the response is incomplete. */
    static ObservedAssociation observed(@Nullable PodIdentityAssociation returned, AwsAction action) {
        PodIdentityAssociation association = part(returned, action);
        return new ObservedAssociation(
                part(association.associationId(), action),
                part(association.associationArn(), action),
                part(association.namespace(), action),
                part(association.serviceAccount(), action),
                part(association.roleArn(), action),
                tags(association.tags()),
                present(association.ownerArn()),
                new AssociationOptions(
                        present(association.targetRoleArn()),
                        Boolean.TRUE.equals(association.disableSessionTags()),
                        present(association.policy())));
    }

    /** Reads a missing value as an empty one. */
    private static SortedMap<String, String> tags(Map<String, String> returned) {
        TreeMap<String, String> tags = new TreeMap<>();
        returned.forEach((key, value) -> tags.put(key, Objects.requireNonNullElse(value, "")));
        return tags;
    }

    private static Optional<String> present(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}
