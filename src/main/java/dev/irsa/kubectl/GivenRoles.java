package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.text.Page;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportCandidate.Given;
import dev.irsa.kubectl.imports.ImportCandidates;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import dev.irsa.port.OperatorSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The roles that manifests adopt. A user may have edited them since the import, so they prove no more than an annotation does.
 *
 * @param settings of the operator in its own account
 * @param unreadable receives why an account is not known because the user may not read it
 */
record GivenRoles(
        List<IamServiceAccount> manifests,
        OperatorSettings settings,
        IamAccounts accounts,
        Consumer<String> unreadable) {
    /** Returns whether a resource adopts a role that exists. */
    static boolean adopts(IamServiceAccount resource) {
        return resource.getSpec() != null
                && resource.getSpec().role().adoption() == AdoptionPolicy.IfOffered
                && resource.getSpec().role().name() != null;
    }

    void addTo(ImportCandidates candidates, ImportCluster cluster) {
        Map<AccountKey, Workload> live = cluster.accountsByKey();
        for (IamServiceAccount manifest : manifests) {
            AccountKey key = AccountKey.of(manifest);
            Optional<Workload> account = Optional.ofNullable(live.get(key));
            String arn = "";
            Optional<Refused> refused = Optional.empty();
            try {
                switch (settings(manifest)) {
                    case Evidence.Known<OperatorSettings>(OperatorSettings there) -> {
                        arn = Desired.roleArn(key.namespace(), key.name(), manifest.getSpec(), there.identity());
                        refused = refusal(manifest, arn, account, cluster);
                    }
                    case Evidence.Unreadable<OperatorSettings>(String why) -> {
                        unreadable.accept(why);
                        refused = Optional.of(new Refused(why, "ask for the permission to list iamaccounts"));
                    }
                }
            } catch (FailureException e) {
                refused = Optional.of(new Refused(e.failure().message(), "run the command again after that"));
            }
            candidates.add(key, arn, account, new Given(manifest.getSpec(), refused));
        }
    }

    private Evidence<OperatorSettings> settings(IamServiceAccount manifest) {
        return RoleInOtherAccount.of(manifest)
                .map(role -> accounts.settings(role, settings))
                .orElseGet(() -> Evidence.of(settings));
    }

    private static Optional<Refused> refusal(
            IamServiceAccount manifest, String arn, Optional<Workload> account, ImportCluster cluster) {
        AccountKey key = AccountKey.of(manifest);
        if (!AccountKey.serviceAccounts(manifest).equals(List.of(key))) {
            return refused(
                    "the manifest names other ServiceAccounts than " + key.name(),
                    "offer the role by hand" + Page.ADOPTION.reference());
        }
        Optional<String> owner = cluster.existing().stream()
                .filter(other -> !AccountKey.of(other).equals(key)
                        && AccountKey.serviceAccounts(other).contains(key))
                .map(other -> other.getMetadata().getName())
                .findFirst();
        if (owner.isPresent()) {
            return refused(
                    "IamServiceAccount " + owner.get() + " manages the ServiceAccount " + key.name(),
                    "delete one of the two resources");
        }
        return account.map(found -> found.annotations().getOrDefault(DesiredServiceAccount.ROLE_ARN, ""))
                .filter(annotated -> !annotated.isEmpty() && !annotated.equals(arn))
                .flatMap(annotated -> refused(
                        "the manifest adopts " + arn + ", and the ServiceAccount has the role " + annotated,
                        "correct spec.role of the manifest, or the annotation"));
    }

    private static Optional<Refused> refused(String why, String instead) {
        return Optional.of(new Refused(why, instead));
    }
}
