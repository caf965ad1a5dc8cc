package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the operator has seen and done. */
@Stored
public record IamServiceAccountStatus(
        @JsonPropertyDescription(
                "The generation that this status speaks of; -1 before the operator has seen the " + "resource.")
        long observedGeneration,

        @JsonPropertyDescription("The role, once it is there.") @Nullable
        RoleStatus role,

        @JsonPropertyDescription("The ServiceAccount, once it is there.") @Nullable
        ServiceAccountStatus serviceAccount,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = MAX_PENDING_CHANGES)
        @JsonPropertyDescription(
                "What the operator would do if the resource were not suspended and the operator did not run with "
                        + "--dry-run, one line a change; at most 50. Of an adoption also until it is carried out.")
        List<String> pendingChanges,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Ready, always; Reconciling while more work is scheduled; Stalled when only a human " + "can help.")
        List<Condition> conditions) {
    /** How many pending changes are told. */
    public static final int MAX_PENDING_CHANGES = 50;

    /** Before the operator has seen the resource: what the schema gives a new one. */
    public static final IamServiceAccountStatus UNSEEN =
            new IamServiceAccountStatus(-1, null, null, List.of(), List.of());

    public IamServiceAccountStatus {
        pendingChanges = List.copyOf(Objects.requireNonNullElse(pendingChanges, List.of()));
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    }
}
