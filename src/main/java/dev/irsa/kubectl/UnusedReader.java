package dev.irsa.kubectl;

import dev.irsa.core.access.ServiceUse;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.UnusedAccess;
import dev.irsa.kubectl.aws.IamLastAccessed;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.get.ParallelReads;
import dev.irsa.kubectl.get.ParallelReads.Result;
import dev.irsa.kubectl.output.UserMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    static UnusedAccess read(ClusterResults<ClusterAccess> cluster, Output output, Instant since)
            throws InterruptedException {
        UnusedReader reader = new UnusedReader(output, since);
        GrantReader.read(cluster, output, reader::account)
                .values()
                .forEach(sources -> reader.notRead.addAll(sources.access().notRead()));
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
        Result<String, Evidence<List<ServiceUse>>> uses = new ParallelReads<String, Evidence<List<ServiceUse>>>(arn -> {
                    showProgress(old.size());
                    return Optional.of(jobs.of(arn));
                })
                .all(old.keySet());
        String why = uses.failure().map(UserMessage::of).orElse("it was not read");
        old.forEach((arn, of) -> {
            switch (Objects.requireNonNullElse(uses.found().get(arn), Evidence.<List<ServiceUse>>unreadable(why))) {
                case Evidence.Known<List<ServiceUse>>(List<ServiceUse> found) ->
                    UnusedAccess.of(of, documents, found, since).ifPresent(roles::add);
                case Evidence.Unreadable<List<ServiceUse>>(String reason) ->
                    notRead.add(NotRead.of(
                            RoleArn.of(arn).map(RoleArn::account).orElse(""), "role " + arn + ": " + reason));
            }
        });
    }

    private synchronized void showProgress(int all) {
        asked++;
        output.progress("asking IAM what role " + asked + " of " + all + " has used");
    }
}
