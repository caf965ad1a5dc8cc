package dev.irsa.simulation;

import dev.irsa.desired.DesiredRole;
import dev.irsa.observed.ObservedRole;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.RoleChange;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.policy.PolicyDocument;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How what is there is seen, or written, by an operator that is wrong. */
final class Seen {
    private Seen() {}

    static ObservedRole tagged(ObservedRole role, SortedMap<String, String> tags) {
        return new ObservedRole(
                role.name(),
                role.path(),
                role.arn(),
                role.id(),
                role.description(),
                role.maxSessionSeconds(),
                role.boundary(),
                tags,
                role.trust(),
                role.offeredTrust());
    }

    static RoleChange.CreateRole untagged(RoleChange.CreateRole change) {
        DesiredRole role = change.role();
        return new RoleChange.CreateRole(new DesiredRole(
                role.identity(),
                role.description(),
                role.maxSessionSeconds(),
                role.boundary(),
                new TreeMap<>(),
                role.trust(),
                role.managed(),
                role.inline(),
                role.origin()));
    }

    static PolicyDocument withoutSub(PolicyDocument trust) {
        return PolicyDocument.parse(
                trust.text().replaceAll("\"[^\"]*:sub\":\"[^\"]*\",?", "").replace(",}", "}"));
    }

    static ObservedServiceAccount allOurs(ObservedServiceAccount account) {
        return account instanceof ObservedServiceAccount.Present present
                ? new ObservedServiceAccount.Present(
                        present.uid(),
                        present.annotations(),
                        new TreeSet<>(present.annotations().keySet()),
                        present.owners())
                : account;
    }

    static ServiceAccountChange forced(ServiceAccountChange change) {
        return change instanceof ServiceAccountChange.AnnotateServiceAccount annotate
                ? new ServiceAccountChange.AnnotateServiceAccount(
                        annotate.name(), annotate.uid(), true, annotate.annotations(), annotate.obsolete())
                : change;
    }
}
