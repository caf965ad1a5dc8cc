package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.desired.Desired;
import dev.irsa.fake.ServiceAccountRecord;
import dev.irsa.fake.Stored;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.port.Limits;
import dev.irsa.reconcile.IamServiceAccountController;
import dev.irsa.reconcile.OwnStatuses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one process knows of its cluster: what two watches have told so far, and what it wrote itself since. Each watch
 * may lag behind the truth, and behind the other.
 */
final class Informer implements Limits {
    private final Limits limits;
    private Map<String, IamServiceAccount> resources;
    private Map<String, ServiceAccountRecord> accounts;
    private long resourcesVersion;
    private long accountsVersion;
    private final Map<String, Own> written = new TreeMap<>();
    private final OwnStatuses statuses = new OwnStatuses();

    private record Own(ServiceAccountRecord account, long version) {}

    /** Starts with what is stored now. */
    Informer(Stored now, Limits limits) {
        this.limits = limits;
        this.resources = now.resources();
        this.accounts = now.serviceAccounts();
        this.resourcesVersion = now.version();
        this.accountsVersion = now.version();
    }

    Map<String, IamServiceAccount> resources() {
        return resources;
    }

    Map<String, ServiceAccountRecord> accounts() {
        return accounts;
    }

    /** A watch tells; answers whether it is news: one that was cut off and began anew is ahead of what it told before. */
    boolean showResources(Stored now) {
        boolean newer = now.version() > resourcesVersion;
        if (newer) {
            resources = now.resources();
            resourcesVersion = now.version();
        }
        return newer;
    }

    /** The same of the other watch. */
    boolean showAccounts(Stored now) {
        boolean newer = now.version() > accountsVersion;
        if (newer) {
            accounts = now.serviceAccounts();
            accountsVersion = now.version();
            written.values().removeIf(own -> own.version() <= accountsVersion);
        }
        return newer;
    }

    /** Our own write of a ServiceAccount is seen at once, as the answer to it is kept until the watch shows it. */
    void wrote(String key, Stored now) {
        Optional.ofNullable(now.serviceAccounts().get(key))
                .filter(_ -> now.version() > accountsVersion)
                .ifPresent(account -> written.put(key, new Own(account, now.version())));
    }

    /** Our own write of a status, with what came with its answer. */
    void wroteStatus(IamServiceAccountStatus status, String key, String uid, Stored now) {
        now.resource(key)
                .filter(stored -> stored.getMetadata().getUid().equals(uid))
                .ifPresent(stored -> statuses.wrote(status, stored));
    }

    void forget(String uid) {
        statuses.forget(uid);
    }

    /** A resource as it is handed to the reconcile. */
    Optional<IamServiceAccount> resource(String key) {
        Optional<IamServiceAccount> shown = new Stored(resources, accounts, 0).resource(key);
        shown.ifPresent(statuses::bringUpToDate);
        return shown;
    }

    ObservedServiceAccount serviceAccount(String key) {
        return Optional.ofNullable(written.get(key))
                .map(Own::account)
                .or(() -> Optional.ofNullable(accounts.get(key)))
                .map(ServiceAccountRecord::observed)
                .orElseGet(ObservedServiceAccount.Absent::new);
    }

    List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
        return resources(namespace).stream()
                .filter(resource -> serviceAccount(resource).equals(serviceAccount))
                .toList();
    }

    /** Whether a watch that tells of it wakes it. */
    boolean isNews(IamServiceAccount now, IamServiceAccount before) {
        return IamServiceAccountController.isAnother(now, before) || statuses.isReplaced(now, before);
    }

    boolean shows(String key) {
        return resources.containsKey(key);
    }

    static String serviceAccount(IamServiceAccount resource) {
        return Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec());
    }

    @Override
    public List<IamEntitlement> entitlements() {
        return limits.entitlements();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return limits.namespaceLabels(namespace);
    }

    @Override
    public List<IamServiceAccount> resources(String namespace) {
        return resources.values().stream()
                .filter(resource -> resource.getMetadata().getNamespace().equals(namespace))
                .toList();
    }
}
