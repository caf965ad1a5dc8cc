package dev.irsa.kubectl.access;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.access.Answer;
import dev.irsa.core.access.ClusterTrust;
import dev.irsa.core.access.ClusterTrust.Admission;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.PodIdentitySession;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.Inventory;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.get.ResourceIndex;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the ServiceAccounts that can use a role: those that its trust policy admits, whatever the cluster says about them. */
public final class GrantFinder {
    private final List<String> issuers;
    private final Optional<String> clusterArn;
    private final SortedMap<AccountKey, Workload> workloads = new TreeMap<>();
    private final Map<String, AccountKey> bySubject = new TreeMap<>();
    private final ResourceIndex resources;
    private final Map<AccountKey, Association> associations;

    /**
     * Looks among these ServiceAccounts.
     *
     * @param issuer the issuer of the cluster's tokens without its scheme
     * @param previousIssuers those that it had, whose tokens its pods may still have
     * @param clusterArn the ARN of the EKS cluster; empty if it is not known
     */
    public GrantFinder(Inventory inventory, String issuer, List<String> previousIssuers, Optional<String> clusterArn) {
        this.issuers = Stream.concat(Stream.of(issuer), previousIssuers.stream())
                .distinct()
                .toList();
        this.clusterArn = clusterArn;
        this.resources = new ResourceIndex(inventory.resources());
        this.associations = inventory.associations().orElse(Map.of());
        inventory.serviceAccounts().forEach(account -> {
            AccountKey key = new AccountKey(account.namespace(), account.name());
            workloads.put(key, account);
            bySubject.put(ClusterTrust.subject(key.namespace(), key.name()), key);
        });
    }

    /** Returns the issuers whose tokens pods may have, without their schemes. The first one is that of the cluster, the others it had before. */
    public List<String> issuers() {
        return issuers;
    }

    /** Returns whether pods may use a role, as far as its text shows. Most roles of an account are for others. */
    public boolean mayAdmit(String roleArn, PolicyDocument trust) {
        String text = trust.text();
        String lower = text.toLowerCase(Locale.ROOT);
        return isTarget(roleArn)
                || issuers.stream().anyMatch(issuer -> lower.contains(issuer.toLowerCase(Locale.ROOT)))
                || text.contains(PodIdentitySession.SERVICE)
                || text.contains("\"*\"")
                || text.contains("\"NotPrincipal\"");
    }

    /**
     * Returns the ServiceAccounts that can use a role.
     *
     * @param providers the OIDC providers that exist in that account for the {@link #issuers()}
     */
    public Stream<Grant> grants(AccountRole role, List<ClusterTrust.Provider> providers) {
        ClusterTrust trust = ClusterTrust.of(role.trust(), providers);
        Map<AccountKey, Admission> admitted = new TreeMap<>();
        candidates(trust)
                .forEach(account -> admit(admitted, account, trust.webIdentity(account.namespace(), account.name())));
        associations.forEach((account, association) -> {
            if (workloads.containsKey(account)) {
                admit(admitted, account, podIdentity(account, association, role, trust));
            }
        });
        return admitted.entrySet().stream()
                .map(entry -> grant(entry.getKey(), role, entry.getValue().condition()));
    }

    /**
     * The options narrow what pods get in a way that is not evaluated. With a target role, pods get its credentials instead, if the role
     * of the association may assume it.
     */
    private Admission podIdentity(AccountKey account, Association association, AccountRole role, ClusterTrust trust) {
        AssociationOptions options = association.options();
        if (options.targetRoleArn().filter(role.arn()::equals).isPresent()) {
            return Admission.perhaps("association " + association.id() + ", which assumes it with role "
                    + association.roleArn().orElse("?"));
        }
        if (association.roleArn().filter(role.arn()::equals).isEmpty()) {
            return Admission.NO;
        }
        Admission admission =
                trust.podIdentity(new PodIdentitySession(clusterArn, account.namespace(), account.name()));
        return options.equals(AssociationOptions.NONE)
                ? admission
                : Admission.perhaps("the options of association " + association.id()
                        + " (target role, session policy, or disabled session tags)");
    }

    private Grant grant(AccountKey account, AccountRole role, Optional<String> condition) {
        Optional<String> resource = resource(account, role);
        return new Grant(account, role, link(account, role, resource), resource, condition);
    }

    private Stream<AccountKey> candidates(ClusterTrust trust) {
        return trust.onlySubjects()
                .map(subjects -> subjects.stream().map(bySubject::get).filter(account -> account != null))
                .orElseGet(workloads.keySet()::stream);
    }

    /** One way that certainly works outweighs one that depends on a condition. */
    private static void admit(Map<AccountKey, Admission> admitted, AccountKey account, Admission admission) {
        if (admission.answer() != Answer.NO) {
            admitted.merge(account, admission, (one, other) -> one.answer() == Answer.YES ? one : other);
        }
    }

    private boolean isAssociated(AccountKey account, AccountRole role) {
        return Optional.ofNullable(associations.get(account))
                .filter(association ->
                        association.roleArn().filter(role.arn()::equals).isPresent()
                                || association
                                        .options()
                                        .targetRoleArn()
                                        .filter(role.arn()::equals)
                                        .isPresent())
                .isPresent();
    }

    private boolean isTarget(String roleArn) {
        return associations.values().stream()
                .anyMatch(association -> association
                        .options()
                        .targetRoleArn()
                        .filter(roleArn::equals)
                        .isPresent());
    }

    private Optional<String> resource(AccountKey account, AccountRole role) {
        return resources.of(account).stream()
                .filter(resource -> ResourceIndex.roleArn(resource)
                        .filter(role.arn()::equals)
                        .isPresent())
                .map(IamServiceAccount::getMetadata)
                .map(metadata -> metadata.getName())
                .findFirst();
    }

    private Link link(AccountKey account, AccountRole role, Optional<String> resource) {
        if (resource.isPresent()) {
            return Link.iamServiceAccount;
        }
        if (isAssociated(account, role)) {
            return Link.association;
        }
        boolean annotated = Optional.ofNullable(workloads.get(account))
                .map(workload -> workload.annotations().get(DesiredServiceAccount.ROLE_ARN))
                .filter(role.arn()::equals)
                .isPresent();
        return annotated ? Link.annotation : Link.trustPolicy;
    }
}
