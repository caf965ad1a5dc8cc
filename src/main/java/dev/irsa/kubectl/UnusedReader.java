package dev.irsa.kubectl;

import dev.irsa.core.access.ServiceUse;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.UnusedAccess;
import dev.irsa.kubectl.aws.IamLastAccessed;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.get.ParallelReads;
import dev.irsa.kubectl.get.ParallelReads.Result;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks IAM what each role that ServiceAccounts can use has used, a few roles at once. */
final class UnusedReader {
    private final Output output;
    private final Instant since;
    private final List<UnusedAccess.Role> roles = new ArrayList<>();
    private final List<String> tooYoung = new ArrayList<>();
    private final List<NotRead> notRead = new ArrayList<>();
    private int asked;

    private UnusedReader(Output output, Instant since) {
        this.output = output;
        this.since = since;
    }

    /**
     * Reads what is unused.
     *
     * @param since when the period begins
     */
    static UnusedAccess read(AccessReader access, KubernetesClient client, Output output, Instant since)
            throws StartFailure, InterruptedException {
        UnusedReader reader = new UnusedReader(output, since);
        AccessInventory inventory = access.read(client, reader::account);
        reader.notRead.addAll(inventory.notRead());
        return new UnusedAccess(since.toString(), reader.roles, reader.tooYoung, reader.notRead);
    }

    private void account(AwsReads aws, List<Grant> grants, Map<String, PolicyDocument> documents)
            throws InterruptedException {
        SortedMap<String, List<Grant>> byRole = grants.stream()
                .collect(Collectors.groupingBy(grant -> grant.role().arn(), TreeMap::new, Collectors.toList()));
        SortedMap<String, List<Grant>> old = new TreeMap<>();
        byRole.forEach((arn, of) -> {
            if (of.getFirst().role().use().createdAt().isBefore(since)) {
                old.put(arn, of);
            } else {
                tooYoung.add(arn);
            }
        });
        IamLastAccessed jobs = new IamLastAccessed(aws.clients().iam());
        Result<String, List<ServiceUse>> uses = new ParallelReads<String, List<ServiceUse>>(arn -> {
                    showProgress(old.size());
                    return Optional.of(jobs.of(arn));
                })
                .all(old.keySet());
        uses.failure()
                .ifPresent(failure -> notRead.add(new NotRead(
                        RoleArn.of(old.firstKey()).map(RoleArn::account).orElse(""), UserMessage.of(failure))));
        old.forEach((arn, of) -> Optional.ofNullable(uses.found().get(arn))
                .flatMap(found -> UnusedAccess.of(of.getFirst().role(), accounts(of), documents, found, since))
                .ifPresent(roles::add));
    }

    private static List<AccountKey> accounts(List<Grant> grants) {
        return grants.stream().map(Grant::serviceAccount).toList();
    }

    private synchronized void showProgress(int all) {
        asked++;
        output.progress("asking IAM what role " + asked + " of " + all + " has used");
    }
}
