package dev.irsa.integration.e2e;

/** Trust policies that users write by hand. */
final class TrustPolicy {
    private TrustPolicy() {}

    /**
     * Admits a ServiceAccount through IRSA.
     *
     * @param issuer the URL without its scheme
     * @param operator of the conditions, such as {@code StringEquals}
     */
    static String irsa(String issuer, String operator, String subject, String audience) {
        return """
            {"Version": "2012-10-17", "Statement": [{
              "Effect": "Allow",
              "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%s"},
              "Action": "sts:AssumeRoleWithWebIdentity",
              "Condition": {"%s": {"%s:sub": "%s", "%s:aud": "%s"}}}]}
            """.formatted(issuer, operator, issuer, subject, issuer, audience);
    }

    /** Admits the ServiceAccounts of a namespace through EKS Pod Identity with these actions, each in quotes. */
    static String podIdentity(String namespace, String actions) {
        return """
            {"Version": "2012-10-17", "Statement": [{
              "Effect": "Allow",
              "Principal": {"Service": "pods.eks.amazonaws.com"},
              "Action": [%s],
              "Condition": {"StringEquals": {"aws:RequestTag/kubernetes-namespace": "%s"}}}]}
            """.formatted(actions, namespace);
    }
}
