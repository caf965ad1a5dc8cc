package dev.irsa.kubectl;

import dev.irsa.core.access.ClusterTrust;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.AccountRole;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.aws.IamAccountRoles;
import dev.irsa.kubectl.aws.IamAccountRoles.Found;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.InCluster;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.get.ParallelReads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.report.ReportSources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads which ServiceAccounts of the clusters can use which roles, and what the policies of these roles allow. Each account is read once,
 * whichever clusters have roles in it.
 */
final class GrantReader {
    private final Output output;
    private final Further further;
    /** The policies of AWS are the same in every account. */
    private final Map<String, PolicyDocument> documents = new HashMap<>();

    private GrantReader(Output output, Further further) {
        this.output = output;
        this.further = further;
    }

    /** Reads more about the roles of one account. */
    @FunctionalInterface
    interface Further {
        /** Reads nothing. */
        Further NONE = (_, _, _) -> {};

        /**
         * Reads it.
         *
         * @param grants those in the account
         * @param documents of managed policies, by ARN
         */
        void read(AwsReads aws, List<Grant> grants, Map<String, PolicyDocument> documents) throws InterruptedException;
    }

    /** A cluster, with the roles that were found for it until now. */
    private record Searched(ClusterAccess cluster, List<Grant> grants, List<NotRead> notRead) {
        static Searched of(ClusterAccess cluster) {
            return new Searched(cluster, new ArrayList<>(), new ArrayList<>(cluster.notRead()));
        }

        void missing(String account, String why) {
            notRead.add(NotRead.of(account, why));
        }
    }

    /** Reads the accounts of these clusters one after the other, that of each cluster first. */
    static ClusterResults<ReportSources> read(ClusterResults<ClusterAccess> clusters, Output output, Further further)
            throws InterruptedException {
        GrantReader reader = new GrantReader(output, further);
        List<InCluster<Searched>> all = clusters.map(Searched::of).read();
        Set<String> ids = new LinkedHashSet<>();
        clusters.values().forEach(cluster -> ids.add(cluster.accounts().homeId()));
        ids.addAll(clusters.values()
                .flatMap(cluster -> cluster.accounts().others().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
        for (String id : ids) {
            reader.account(
                    id,
                    all.stream()
                            .map(InCluster::value)
                            .filter(searched -> searched.cluster().accounts().include(id))
                            .toList());
        }
        return new ClusterResults<>(
                all.stream().map(searched -> searched.map(reader::sources)).toList(), clusters.notRead());
    }

    private ReportSources sources(Searched searched) {
        return searched.cluster().sources().with(new AccessInventory(searched.grants(), documents, searched.notRead()));
    }

    /** The credentials for an account are the same, whichever cluster names it. */
    private void account(String id, List<Searched> clusters) throws InterruptedException {
        switch (clusters.getFirst().cluster().accounts().in(id)) {
            case Evidence.Known<AwsReads>(AwsReads aws) -> account(id, aws, clusters);
            case Evidence.Unreadable<AwsReads>(String why) -> clusters.forEach(cluster -> cluster.missing(id, why));
        }
    }

    private void account(String id, AwsReads aws, List<Searched> clusters) throws InterruptedException {
        try {
            output.progress("reading the roles of account " + id);
            Found found = new IamAccountRoles(aws.clients().iam())
                    .roles((arn, trust) -> clusters.stream()
                            .anyMatch(searched -> searched.cluster().finder().mayAdmit(arn, trust)));
            List<Grant> inAccount = new ArrayList<>();
            for (Searched searched : clusters) {
                found.unreadable()
                        .forEach(role -> searched.missing(id, "role " + role + " has a policy that is not valid JSON"));
                inAccount.addAll(grants(id, aws, found.roles(), searched));
            }
            if (!inAccount.isEmpty()) {
                readPolicies(id, aws, inAccount);
                further.read(aws, inAccount, documents);
            }
        } catch (FailureException e) {
            clusters.forEach(searched ->
                    searched.missing(id, "account " + id + " cannot be read: " + UserMessage.of(e.failure())));
        }
    }

    private static List<Grant> grants(String id, AwsReads aws, List<AccountRole> roles, Searched searched) {
        List<AccountRole> admitting = roles.stream()
                .filter(role -> searched.cluster().finder().mayAdmit(role.arn(), role.trust()))
                .toList();
        if (admitting.isEmpty()) {
            return List.of();
        }
        List<ClusterTrust.Provider> providers = new ProviderReader(aws, why -> searched.missing(id, why))
                .read(searched.cluster().finder().issuers(), admitting);
        List<Grant> grants = admitting.stream()
                .flatMap(role -> searched.cluster().finder().grants(role, providers))
                .toList();
        searched.grants().addAll(grants);
        return grants;
    }

    /** Reads each policy once. A policy that the user may not read may allow and deny anything. */
    private void readPolicies(String id, AwsReads aws, List<Grant> inAccount) throws InterruptedException {
        Set<String> wanted = inAccount.stream()
                .flatMap(grant -> grant.role().namedPolicies().stream())
                .filter(arn -> !documents.containsKey(arn))
                .collect(Collectors.toCollection(TreeSet::new));
        output.progress("reading " + wanted.size() + " managed policies of account " + id);
        ParallelReads.Result<String, PolicyDocument> read = new ParallelReads<>(aws.policies()::document).all(wanted);
        documents.putAll(read.found());
        read.failure()
                .ifPresent(
                        failure -> output.warn("some managed policies are not evaluated: " + UserMessage.of(failure)));
    }
}
