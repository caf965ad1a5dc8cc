package dev.irsa.machine;

import java.util.Map;
import java.util.Optional;

/**
 * One call to AWS as it arrived at the proxy.
 *
 * @param service iam, sts or eks
 * @param action the API's name of it, such as CreateRole
 * @param parameters of the query protocol; empty for EKS, which speaks REST
 */
public record AwsCall(String service, String action, Map<String, String> parameters) {
    public AwsCall {
        parameters = Map.copyOf(parameters);
    }

    /** As IAM policies write it: {@code iam:CreateRole}. */
    public String name() {
        return service + ":" + action;
    }

    /** The role it speaks of. */
    public Optional<String> roleName() {
        return Optional.ofNullable(parameters.get("RoleName"));
    }

    /** Whether it changes a role that must be there already. */
    public boolean writesToRole() {
        return service.equals("iam")
                && roleName().isPresent()
                && !action.equals("CreateRole")
                && !action.startsWith("Get")
                && !action.startsWith("List");
    }
}
