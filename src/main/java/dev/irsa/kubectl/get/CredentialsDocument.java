package dev.irsa.kubectl.get;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.kubectl.get.CredentialsRow.Readiness;
import dev.irsa.kubectl.maker.RoleMaker;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows for programs. Fields that do not apply, or are not known, are absent. */
public record CredentialsDocument(
        List<Item> items,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /** Returns the document. */
    public static CredentialsDocument of(ClusterResults<ListedCredentials> clusters) {
        return new CredentialsDocument(
                clusters.read().stream()
                        .flatMap(cluster -> cluster.value().rows().stream()
                                .map(row -> Item.of(
                                        cluster.cluster(), row, cluster.value().uses())))
                        .toList(),
                clusters.notRead(CredentialsDocument::notRead));
    }

    private static List<NotRead> notRead(ListedCredentials cluster) {
        SortedMap<String, String> notRead = new TreeMap<>(cluster.uses().notRead());
        notRead.putAll(cluster.accounts().notRead());
        return NotRead.of(notRead);
    }

    /**
     * A ServiceAccount.
     *
     * @param cluster the context of its cluster; null if the user asks about one cluster only
     * @param accountID of the AWS account of the role
     * @param account the name of its IamAccount
     * @param annotatedRoleArn the role that the annotation names
     * @param missingRequirements what an entitlement requires of the role and the role does not have
     * @param podsWithOldCredentials the number of its active pods whose credentials differ from those of a new pod
     * @param use when the role was last used; null if that was not read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            @Nullable String cluster,
            String namespace,
            String name,
            boolean exists,
            @Nullable String roleArn,
            @Nullable String accountID,
            @Nullable String account,
            @Nullable String annotatedRoleArn,
            List<Delivery> deliveredBy,
            @Nullable String associationId,
            ManagedBy managedBy,
            @Nullable String iamServiceAccount,
            @Nullable String ready,
            @Nullable String readyReason,
            @Nullable String readyMessage,
            @Nullable List<String> missingRequirements,
            @Nullable Integer podsWithOldCredentials,
            @JsonUnwrapped @Nullable UseFields use) {
        static Item of(String cluster, CredentialsRow row, RoleUses uses) {
            return new Item(
                    cluster.isEmpty() ? null : cluster,
                    row.account().namespace(),
                    row.account().name(),
                    row.exists(),
                    row.roleArn().orElse(null),
                    row.accountId().orElse(null),
                    row.iamAccount().orElse(null),
                    row.annotatedRoleArn().orElse(null),
                    row.deliveredBy().stream().sorted().toList(),
                    row.associationId().orElse(null),
                    ManagedBy.of(row.managedBy()),
                    row.resource().orElse(null),
                    row.ready().map(Readiness::status).orElse(null),
                    row.ready().flatMap(Readiness::reason).orElse(null),
                    row.ready().flatMap(Readiness::message).orElse(null),
                    row.missingRequirements().isEmpty() ? null : row.missingRequirements(),
                    row.podsWithOldCredentials().isEmpty()
                            ? null
                            : Integer.valueOf(row.podsWithOldCredentials().getAsInt()),
                    uses.of(row).map(UseFields::of).orElse(null));
        }
    }

    /** The maker of the role. */
    record ManagedBy(String maker, boolean certain, List<String> evidence) {
        static ManagedBy of(RoleMaker recognized) {
            return new ManagedBy(recognized.maker().id(), recognized.certain(), recognized.evidence());
        }
    }
}
