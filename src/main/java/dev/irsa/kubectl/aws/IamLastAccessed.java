package dev.irsa.kubectl.aws;

import dev.irsa.aws.AwsCalls;
import dev.irsa.core.access.ServiceUse;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessAdvisorUsageGranularityType;
import software.amazon.awssdk.services.iam.model.GetServiceLastAccessedDetailsResponse;
import software.amazon.awssdk.services.iam.model.JobStatusType;
import software.amazon.awssdk.services.iam.model.ServiceLastAccessed;

/**
 * Asks IAM which services and actions a role has used. IAM collects the answer in a job.
 *
 * @param poll how long to wait before asking for the result again
 * @param polls how often to ask for the result
 */
public record IamLastAccessed(IamClient iam, Duration poll, int polls) {
    private static final String GENERATE = "iam:GenerateServiceLastAccessedDetails";
    private static final String GET = "iam:GetServiceLastAccessedDetails";
    private static final AwsCalls CALLS = new AwsCalls(CallInterceptor.NONE);

    /** Waits as IAM needs. */
    public IamLastAccessed(IamClient iam) {
        this(iam, Duration.ofSeconds(1), 120);
    }

    /**
     * Returns how a role has used each service that its policies name, or why the job of IAM has no result.
     *
     * @throws FailureException if IAM rejects a call, or is unavailable
     */
    public Evidence<List<ServiceUse>> of(String roleArn) {
        try {
            return result(roleArn);
        } catch (FailureException e) {
            if (e.failure() instanceof AwsFailure.NotFound) {
                // IAM forgets a job when the session that started it ends.
                return result(roleArn);
            }
            throw e;
        }
    }

    private Evidence<List<ServiceUse>> result(String roleArn) {
        String job = generate(roleArn);
        GetServiceLastAccessedDetailsResponse page = page(roleArn, job, Optional.empty());
        for (int i = 1; page.jobStatus() == JobStatusType.IN_PROGRESS; i++) {
            if (i == polls || !pause()) {
                return Evidence.unreadable("the job of IAM has no result yet; run the command again");
            }
            page = page(roleArn, job, Optional.empty());
        }
        List<ServiceUse> uses = new ArrayList<>();
        while (page.jobStatus() == JobStatusType.COMPLETED) {
            page.servicesLastAccessed().stream().map(IamLastAccessed::use).forEach(uses::add);
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return Evidence.of(uses);
            }
            page = page(roleArn, job, Optional.of(page.marker()));
        }
        return Evidence.unreadable("the job of IAM failed; run the command again");
    }

    /** Returns whether the time has passed. */
    private boolean pause() {
        try {
            Thread.sleep(poll);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String generate(String roleArn) {
        return CALLS.make(
                        GENERATE,
                        roleArn,
                        () -> iam.generateServiceLastAccessedDetails(request ->
                                request.arn(roleArn).granularity(AccessAdvisorUsageGranularityType.ACTION_LEVEL)))
                .jobId();
    }

    private GetServiceLastAccessedDetailsResponse page(String roleArn, String job, Optional<String> marker) {
        return CALLS.make(
                GET,
                roleArn,
                () -> iam.getServiceLastAccessedDetails(
                        request -> request.jobId(job).marker(marker.orElse(null))));
    }

    private static ServiceUse use(ServiceLastAccessed service) {
        SortedMap<String, Optional<Instant>> actions = new TreeMap<>();
        service.trackedActionsLastAccessed()
                .forEach(action -> actions.put(action.actionName(), Optional.ofNullable(action.lastAccessedTime())));
        return new ServiceUse(service.serviceNamespace(), Optional.ofNullable(service.lastAuthenticated()), actions);
    }
}
