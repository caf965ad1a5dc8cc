package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleQuota;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;

/** Reads the quota of roles of the account through the IAM API. */
public final class IamAccountSummary implements Supplier<RoleQuota> {
    private static final AwsAction SUMMARY = AwsAction.GET_ACCOUNT_SUMMARY;

    private final IamClient iam;
    private final AwsCalls calls;

    /** Uses this client; each call passes the interceptor. */
    public IamAccountSummary(IamClient iam, CallInterceptor interceptor) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
    }

    /**
     * Returns the quota.
     *
     * @throws dev.irsa.core.failure.FailureException when IAM rejects the call or is unavailable
     */
    @Override
    public RoleQuota get() {
        Map<SummaryKeyType, Integer> summary =
                calls.make(SUMMARY, "", () -> iam.getAccountSummary()).summaryMap();
        return new RoleQuota(
                part(summary.get(SummaryKeyType.ROLES), SUMMARY),
                part(summary.get(SummaryKeyType.ROLES_QUOTA), SUMMARY));
    }
}
