package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read from the cluster and from AWS.
 *
 * @param pods empty if they could not be read
 * @param associations by ServiceAccount; empty if they could not be read
 * @param roleTags the tags of the roles that could be read, by ARN
 * @param accounts what is known about other AWS accounts
 */
public record Inventory(
        List<Workload> serviceAccounts,
        List<IamServiceAccount> resources,
        Optional<List<ObservedPod>> pods,
        Optional<Map<AccountKey, Association>> associations,
        Map<String, SortedMap<String, String>> roleTags,
        Accounts accounts) {
    public Inventory {
        serviceAccounts = List.copyOf(serviceAccounts);
        resources = List.copyOf(resources);
        pods = pods.map(List::copyOf);
        associations = associations.map(Map::copyOf);
        roleTags = Map.copyOf(roleTags);
    }

    /** Creates an inventory without other AWS accounts. */
    Inventory(
            List<Workload> serviceAccounts,
            List<IamServiceAccount> resources,
            Optional<List<ObservedPod>> pods,
            Optional<Map<AccountKey, Association>> associations,
            Map<String, SortedMap<String, String>> roleTags) {
        this(serviceAccounts, resources, pods, associations, roleTags, Accounts.NONE);
    }

    /** Returns the same with the pods; empty if they could not be read. */
    Inventory withPods(Optional<List<ObservedPod>> known) {
        return new Inventory(serviceAccounts, resources, known, associations, roleTags, accounts);
    }

    /** Returns the same with all associations of the scope. */
    Inventory withAssociations(Map<AccountKey, Association> known) {
        return new Inventory(serviceAccounts, resources, pods, Optional.of(known), roleTags, accounts);
    }

    /** Returns the same with these tags of roles, by their ARNs. */
    public Inventory withRoleTags(Map<String, SortedMap<String, String>> tags) {
        return new Inventory(serviceAccounts, resources, pods, associations, tags, accounts);
    }

    Inventory with(Accounts known) {
        return new Inventory(serviceAccounts, resources, pods, associations, roleTags, known);
    }

    /**
     * Other AWS accounts.
     *
     * @param ids the ids of accounts in which no role shows them yet, by the name of the IamAccount
     * @param notRead why accounts could not be read, and what to do, by their ids
     */
    public record Accounts(SortedMap<String, String> ids, SortedMap<String, String> notRead) {
        static final Accounts NONE = new Accounts(new TreeMap<>(), new TreeMap<>());
    }

    /**
     * An EKS Pod Identity association of a ServiceAccount.
     *
     * @param roleArn empty if it could not be read
     * @param options what it has besides the role
     */
    public record Association(String id, Optional<String> roleArn, AssociationOptions options) {
        /** Creates an association with a role alone. */
        public Association(String id, Optional<String> roleArn) {
            this(id, roleArn, AssociationOptions.NONE);
        }
    }
}
