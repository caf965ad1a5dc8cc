package dev.irsa.aws;

import dev.irsa.fake.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;

/** An IAM that answers its two lists with pages by marker, whatever they are; the first is that of the marker "". */
final class PagedIam implements IamClient {
    final Map<String, GetAccountAuthorizationDetailsResponse> details = new HashMap<>();
    final Map<String, UnaryOperator<ListRolesResponse.Builder>> roles = new HashMap<>();
    final Map<String, Refusal> failures = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    boolean endless;

    @Override
    public GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest request) {
        asked.add("details " + String.join(",", request.filterAsStrings()).toUpperCase(Locale.ROOT) + " "
                + request.maxItems() + " " + request.marker());
        if (endless) {
            return GetAccountAuthorizationDetailsResponse.builder()
                    .isTruncated(true)
                    .marker("m" + asked.size())
                    .build();
        }
        String marker = known(request.marker());
        return Objects.requireNonNull(details.get(marker), () -> "no page at " + marker);
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest request) {
        asked.add("list " + request.pathPrefix() + " " + request.maxItems() + " " + request.marker());
        String marker = known(request.marker());
        return Objects.requireNonNull(roles.get(marker), () -> "no page at " + marker)
                .apply(ListRolesResponse.builder())
                .build();
    }

    private String known(@Nullable String asked) {
        String marker = Objects.requireNonNullElse(asked, "");
        Refusal failure = failures.get(marker);
        if (failure != null) {
            throw failure.get();
        }
        return marker;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
