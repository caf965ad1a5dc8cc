package dev.irsa.kubectl;

import java.util.Set;

/** Parses the subject of a diagnosis as kubectl does: {@code NAME}, or {@code TYPE/NAME}. */
final class DoctorSubject {
    private static final Set<String> SERVICE_ACCOUNT = Set.of("sa", "serviceaccount", "serviceaccounts");

    private DoctorSubject() {}

    static boolean isPod(String subject) {
        int slash = subject.indexOf('/');
        return slash < 0 || !SERVICE_ACCOUNT.contains(subject.substring(0, slash));
    }

    static String name(String subject) {
        return subject.substring(subject.indexOf('/') + 1);
    }
}
