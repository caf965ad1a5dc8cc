package dev.irsa.core.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Names whom a statement of a trust policy admits beside one ServiceAccount. */
final class OtherPrincipals {
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private OtherPrincipals() {}

    /** Returns the others, each in words. */
    static List<String> of(TrustStatement statement, String provider, String subject) {
        List<String> others = new ArrayList<>();
        if (statement.anyPrincipal()) {
            others.add("every principal");
        }
        statement.principals().forEach(principal -> others.add("principal " + principal));
        statement.services().forEach(service -> others.add("service " + service));
        statement.federated().stream()
                .filter(other -> !other.equals(provider))
                .forEach(other -> others.add("tokens of " + other));
        if (statement.federated().stream().anyMatch(provider::equals)) {
            others.addAll(subjects(statement, provider, subject));
        }
        return others;
    }

    private static List<String> subjects(TrustStatement statement, String provider, String subject) {
        String key = provider.substring(provider.indexOf('/') + 1).toLowerCase(Locale.ROOT) + ":sub";
        // All conditions have to be met, so the shortest list of subjects is an upper bound.
        return statement.conditions().stream()
                .filter(condition -> condition.lowerCaseKey().equals(key))
                .map(condition -> others(condition.values(), subject))
                .min((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of("every ServiceAccount of the cluster"));
    }

    private static List<String> others(Set<String> subjects, String subject) {
        return new TreeSet<>(subjects)
                .stream()
                        .filter(other -> !other.equals(subject))
                        .map(OtherPrincipals::named)
                        .toList();
    }

    private static String named(String subject) {
        return subject.startsWith(SERVICE_ACCOUNT)
                ? "ServiceAccount "
                        + subject.substring(SERVICE_ACCOUNT.length()).replaceFirst(":", "/")
                : "subject " + subject;
    }
}
