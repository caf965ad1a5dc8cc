package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportedAccount;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether a role can be offered, and the operator would then do what the confirmation shows.
 *
 * @param live the resources in the cluster
 * @param expected what a resource in the cluster must be equal to
 * @param remedy what to do if it is not
 */
record OfferCheck(Map<AccountKey, IamServiceAccount> live, String expected, String remedy) {
    /** Returns why the role cannot be offered; empty if it can. */
    Optional<String> problem(ImportedAccount account) {
        return account.offerProblem()
                .or(() -> Optional.ofNullable(live.get(account.key())).flatMap(resource -> problem(account, resource)));
    }

    private Optional<String> problem(ImportedAccount account, IamServiceAccount resource) {
        if (!resource.getSpec().suspend()) {
            return Optional.of(
                    "its resource in the cluster is not suspended, so the operator would adopt the role at once;"
                            + " set suspend: true");
        }
        return account.isWritten(resource.getSpec())
                ? Optional.empty()
                : Optional.of("its resource in the cluster differs from " + expected + "; " + remedy);
    }
}
