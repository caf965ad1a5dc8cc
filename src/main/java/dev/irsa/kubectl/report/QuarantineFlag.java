package dev.irsa.kubectl.report;

import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.plan.Quarantine;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the policies by which responders cut off a role. Those that the operator wrote, because a spec asks for them, are none. */
final class QuarantineFlag {
    private QuarantineFlag() {}

    static List<String> reasons(RoleFacts facts) {
        TreeMap<String, PolicyFingerprint> inline = new TreeMap<>();
        facts.role().inline().forEach((name, document) -> inline.put(name, document.fingerprint()));
        Quarantine quarantine = Quarantine.of(new ObservedPolicies(facts.role().managed(), inline), protection(facts));
        TreeSet<String> policies = new TreeSet<>(quarantine.inline());
        policies.addAll(quarantine.managed());
        facts.role().namedPolicies().stream()
                .filter(arn -> deniesEverything(facts, arn))
                .forEach(policies::add);
        return policies.stream()
                .map(policy -> "policy " + policy + " denies it all access")
                .toList();
    }

    private static PolicyProtection protection(RoleFacts facts) {
        TreeMap<String, String> written = new TreeMap<>();
        facts.resource()
                .flatMap(resource -> Optional.ofNullable(resource.getStatus()))
                .flatMap(status -> Optional.ofNullable(status.role()))
                .map(RoleStatus::denyPolicyDigests)
                .ifPresent(written::putAll);
        return PolicyProtection.of(facts.protectedPolicies(), AwsAccount.DEFAULT_MANAGED_POLICIES)
                .remembering(written, new TreeMap<>(), true);
    }

    /** Responders may use a policy that the operator does not know. */
    private static boolean deniesEverything(RoleFacts facts, String arn) {
        return Optional.ofNullable(facts.documents().get(arn))
                .map(PolicyDocument::fingerprint)
                .filter(PolicyFingerprint::deniesEverything)
                .isPresent();
    }
}
