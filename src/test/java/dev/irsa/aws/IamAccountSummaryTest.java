package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleQuota;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;

class IamAccountSummaryTest {
    private final Map<String, Integer> summary = new HashMap<>(Map.of("Roles", 812, "RolesQuota", 1000, "Users", 3));

    @Test
    void readsTheRolesAndTheirQuota() {
        assertThat(read()).isEqualTo(new RoleQuota(812, 1000));
    }

    @Test
    void failsWithoutTheQuota() {
        summary.remove("RolesQuota");

        FailureException thrown = catchThrowableOfType(FailureException.class, this::read);

        assertThat(thrown.failure().reason()).isEqualTo(Reason.AwsUnavailable);
        assertThat(thrown.failure().message()).contains("iam:GetAccountSummary");
    }

    private RoleQuota read() {
        return new IamAccountSummary(
                        new IamClient() {
                            @Override
                            public GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest request) {
                                return GetAccountSummaryResponse.builder()
                                        .summaryMapWithStrings(summary)
                                        .build();
                            }

                            @Override
                            public String serviceName() {
                                return IamClient.SERVICE_NAME;
                            }

                            @Override
                            public void close() {}
                        },
                        CallInterceptor.NONE)
                .get();
    }
}
