package dev.irsa.kubectl.access;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.access.Answer;
import dev.irsa.core.access.ClusterTrust;
import dev.irsa.core.access.ClusterTrust.Admission;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.PodIdentitySession;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.Inventory;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.get.ResourceIndex;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the ServiceAccounts that can use a role: those that its trust policy admits, whatever the cluster says about them. */
public final class GrantFinder {
    private final String issuer;
    private final Optional<String> clusterArn;
    private final SortedMap<AccountKey, Workload> workloads = new TreeMap<>();
    private final Map<String, AccountKey> bySubject = new TreeMap<>();
    private final ResourceIndex resources;
    private final Map<AccountKey, Association> associations;

    /**
     * Looks among these ServiceAccounts.
     *
     * @param issuer the issuer of the cluster's tokens without its scheme
     * @param clusterArn the ARN of the EKS cluster; empty if it is not known
     */
    public GrantFinder(Inventory inventory, String issuer, Optional<String> clusterArn) {
        this.issuer = issuer;
        this.clusterArn = clusterArn;
        this.resources = new ResourceIndex(inventory.resources());
        this.associations = inventory.associations().orElse(Map.of());
        inventory.serviceAccounts().forEach(account -> {
            AccountKey key = new AccountKey(account.namespace(), account.name());
            workloads.put(key, account);
            bySubject.put(ClusterTrust.subject(key.namespace(), key.name()), key);
        });
    }

    /** Returns the ARN of the cluster's OIDC provider in the account of a role. */
    public Optional<String> provider(String roleArn) {
        return RoleArn.of(roleArn)
                .map(role -> "arn:" + role.partition() + ":iam::" + role.account() + ":oidc-provider/" + issuer);
    }

    /** Returns whether some pod of a cluster may be admitted, as far as the text shows. Most roles of an account are for others. */
    public boolean mayAdmit(PolicyDocument trust) {
        String text = trust.text();
        return text.toLowerCase(Locale.ROOT).contains(issuer.toLowerCase(Locale.ROOT))
                || text.contains(PodIdentitySession.SERVICE)
                || text.contains("\"*\"")
                || text.contains("\"NotPrincipal\"");
    }

    /**
     * Returns the ServiceAccounts that can use a role.
     *
     * @param audiences those that the cluster's OIDC provider in that account accepts, none without a provider; empty if they are not
     *     known: those that the trust policy names
     */
    public Stream<Grant> grants(AccountRole role, Optional<Set<String>> audiences) {
        Optional<String> provider = provider(role.arn());
        if (provider.isEmpty()) {
            return Stream.empty();
        }
        ClusterTrust trust = ClusterTrust.of(role.trust(), provider.get(), audiences);
        Map<AccountKey, Admission> admitted = new TreeMap<>();
        candidates(trust)
                .forEach(account -> admit(admitted, account, trust.webIdentity(account.namespace(), account.name())));
        workloads.keySet().stream()
                .filter(account -> isAssociated(account, role))
                .forEach(account -> admit(
                        admitted,
                        account,
                        trust.podIdentity(new PodIdentitySession(clusterArn, account.namespace(), account.name()))));
        return admitted.entrySet().stream()
                .map(entry -> grant(entry.getKey(), role, entry.getValue().condition()));
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
                .flatMap(Association::roleArn)
                .filter(role.arn()::equals)
                .isPresent();
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
