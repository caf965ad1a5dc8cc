package dev.irsa.kubectl.report;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.AccountRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a role, from which its flags are decided.
 *
 * @param resource the IamServiceAccount that has the role; empty if there is none
 * @param alsoAdmits whom its trust policy admits beside the ServiceAccounts that are linked to it, each in words
 * @param documents of its managed policies and its boundary, without those that could not be read
 * @param protectedPolicies the managed policies that cut off a role
 * @param now the time of the report
 */
public record RoleFacts(
        AccountRole role,
        RoleAccess access,
        Optional<IamServiceAccount> resource,
        List<String> alsoAdmits,
        Map<String, PolicyDocument> documents,
        ProtectedPolicies protectedPolicies,
        Instant now) {}
