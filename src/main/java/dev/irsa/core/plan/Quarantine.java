package dev.irsa.core.plan;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies by which responders have cut off a role from AWS. Only they may lift it, so while a role has one, the operator
 * neither deletes nor releases the role.
 *
 * <p>A policy that denies less is a guardrail: it stays until the role is deleted, and blocks nothing. So does
 * {@code AWSRevokeOlderSessions}, because the sessions that it revokes are of this role only.
 *
 * @param managed ARNs of the protected managed policies. It does not matter which user attached them: one may have
 *     copied the ARN into the spec afterwards
 * @param inline names of inline policies that deny everything and that the operator did not write
 */
public record Quarantine(SortedSet<String> managed, SortedSet<String> inline) {
    /** No spec can use this name, so that a policy of this name that only denies is of a responder, whatever it denies. */
    private static final String RESERVED = "AWSDenyAll";

    public Quarantine {
        managed = Sorted.copyOf(managed);
        inline = Sorted.copyOf(inline);
    }

    /**
     * Finds the quarantine of a role with these policies.
     *
     * @param protection which managed policies are protected, and which inline policies the operator wrote
     */
    public static Quarantine of(ObservedPolicies policies, PolicyProtection protection) {
        TreeSet<String> managed = new TreeSet<>(policies.attached());
        managed.removeIf(arn -> !protection.managed().protects(arn));
        TreeSet<String> inline = new TreeSet<>();
        policies.inline().forEach((name, document) -> {
            if (cutsOff(name, document) && !protection.isWritten(name, document)) {
                inline.add(name);
            }
        });
        return new Quarantine(managed, inline);
    }

    private static boolean cutsOff(String name, PolicyFingerprint document) {
        return document.deniesEverything() || (document.onlyDenies() && name.equalsIgnoreCase(RESERVED));
    }

    /** Returns the names and ARNs of the policies, separated by commas. */
    public String policies() {
        return Stream.concat(managed.stream(), inline.stream()).collect(Collectors.joining(", "));
    }

    /** Returns why the role with this name is neither deleted nor released; empty if it is not quarantined. */
    public Optional<Failure> obstacle(String role) {
        return managed.isEmpty() && inline.isEmpty()
                ? Optional.empty()
                : Optional.of(RoleFailure.quarantined(role, managed, inline));
    }
}
