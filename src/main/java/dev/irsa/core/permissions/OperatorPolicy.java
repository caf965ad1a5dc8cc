package dev.irsa.core.permissions;

import static dev.irsa.core.permissions.AwsAction.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER;
import static dev.irsa.core.permissions.AwsAction.ASSUME_ROLE;
import static dev.irsa.core.permissions.AwsAction.CREATE_OPEN_ID_CONNECT_PROVIDER;
import static dev.irsa.core.permissions.AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS;
import static dev.irsa.core.permissions.AwsAction.GET_ACCOUNT_SUMMARY;
import static dev.irsa.core.permissions.AwsAction.GET_OPEN_ID_CONNECT_PROVIDER;
import static dev.irsa.core.permissions.AwsAction.GET_POLICY;
import static dev.irsa.core.permissions.AwsAction.GET_POLICY_VERSION;
import static dev.irsa.core.permissions.AwsAction.GET_ROLE;
import static dev.irsa.core.permissions.AwsAction.GET_ROLE_POLICY;
import static dev.irsa.core.permissions.AwsAction.LIST_ATTACHED_ROLE_POLICIES;
import static dev.irsa.core.permissions.AwsAction.LIST_INSTANCE_PROFILES_FOR_ROLE;
import static dev.irsa.core.permissions.AwsAction.LIST_OPEN_ID_CONNECT_PROVIDERS;
import static dev.irsa.core.permissions.AwsAction.LIST_ROLES;
import static dev.irsa.core.permissions.AwsAction.LIST_ROLE_POLICIES;
import static dev.irsa.core.permissions.AwsAction.TAG_OPEN_ID_CONNECT_PROVIDER;
import static dev.irsa.core.permissions.AwsAction.TAG_SESSION;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds the least-privilege policy for the role of the operator. */
public final class OperatorPolicy {
    /** The maximum size of a managed policy, not counting white space. Source: "IAM and AWS STS quotas". */
    public static final int MAX_SIZE = 6144;

    private OperatorPolicy() {}

    /** Returns the policy for an operator with this scope. Without room for it, the policy omits what is optional. */
    public static PolicyDocument of(PermissionScope scope) {
        return of(scope, false);
    }

    /** Returns the policy for the role that an operator assumes in another account, whose quota its IamAccount shows. */
    public static PolicyDocument inOtherAccount(PermissionScope scope) {
        return of(scope, true);
    }

    private static PolicyDocument of(PermissionScope scope, boolean readsQuota) {
        boolean readsBoundaries = !scope.boundaries().isEmpty();
        PolicyDocument least = of(scope, false, false);
        return Stream.of(of(scope, readsBoundaries, readsQuota), of(scope, readsBoundaries, false))
                .filter(policy -> policy.size() <= MAX_SIZE)
                .findFirst()
                .orElse(least);
    }

    /** @param readsBoundaries whether the operator can warn about policies that a boundary does not allow */
    private static PolicyDocument of(PermissionScope scope, boolean readsBoundaries, boolean readsQuota) {
        List<Statement> statements = new ArrayList<>();
        // If the caller may read only some roles, IAM answers AccessDenied instead of NoSuchEntity for a missing role.
        statements.add(Statement.allow(
                        "SeeEveryRole",
                        GET_ROLE,
                        GET_ROLE_POLICY,
                        LIST_ATTACHED_ROLE_POLICIES,
                        LIST_INSTANCE_PROFILES_FOR_ROLE,
                        LIST_ROLE_POLICIES)
                .on(scope.roles("/")));
        // IAM does not support resource-level permissions for these actions.
        statements.add(Statement.allow(
                        "ListAllRolesAndProviders",
                        GET_ACCOUNT_AUTHORIZATION_DETAILS,
                        LIST_ROLES,
                        LIST_OPEN_ID_CONNECT_PROVIDERS)
                .on("*"));
        if (readsQuota) {
            statements.add(
                    Statement.allow("ReadTheQuotaOfRoles", GET_ACCOUNT_SUMMARY).on("*"));
        }
        if (readsBoundaries) {
            statements.add(Statement.allow("ReadTheListedBoundaries", GET_POLICY, GET_POLICY_VERSION)
                    .on(scope.boundaries()));
        }
        statements.addAll(new RoleStatements(scope).all());
        // IAM may spell the provider differently from the issuer, and the spelling is not known in advance.
        statements.add(Statement.allow("SeeTheProviderOfItsIssuer", GET_OPEN_ID_CONNECT_PROVIDER)
                .on(scope.account().oidcProvider("*")));
        if (scope.makesProvider()) {
            statements.add(Statement.allow(
                            "MakeTheProviderOfItsIssuer",
                            CREATE_OPEN_ID_CONNECT_PROVIDER,
                            TAG_OPEN_ID_CONNECT_PROVIDER,
                            ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER)
                    .on(scope.account()
                            .oidcProvider(scope.issuer().orElseThrow().hostAndPath())));
        }
        if (scope.makesAssociations()) {
            statements.addAll(new AssociationStatements(scope).all());
        }
        if (!scope.accountRoles().isEmpty()) {
            statements.add(Statement.allow("AssumeTheRolesInOtherAccounts", ASSUME_ROLE, TAG_SESSION)
                    .on(scope.accountRoles()));
        }
        return document(statements);
    }

    /** Returns the size of the policy that IAM counts: the number of characters that are not white space. */
    public static int size(PermissionScope scope) {
        return of(scope).size();
    }

    /** Returns how many of these characters are for Pod Identity associations. */
    public static int associationsSize(PermissionScope scope) {
        return size(scope) - size(scope.withoutAssociations());
    }

    private static PolicyDocument document(List<Statement> statements) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        ArrayNode list = document.putArray("Statement");
        statements.forEach(statement -> list.add(statement.json()));
        return PolicyDocument.of(document);
    }
}
