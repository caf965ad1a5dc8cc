package dev.irsa.performance.bench;

import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

/** The minimum of AWS calls for a role, made with the same SDK and 16 in flight, as a baseline for the operator. */
final class BaselineCalls {
    private static final int IN_FLIGHT = 16;
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":\
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"},\
            "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{\
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub":"system:serviceaccount:baseline:ROLE",\
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud":"sts.amazonaws.com"}}}]}""";

    private final IamClient iam;

    private BaselineCalls(IamClient iam) {
        this.iam = iam;
    }

    /** Creates this many roles through the proxy at {@code aws}, and does not delete them. */
    static Duration of(int roles, URI aws) {
        try (var iam = IamClients.at(aws)) {
            // The first call of a client also connects and loads classes.
            iam.listRoles(request -> request.maxItems(1));
            var baseline = new BaselineCalls(iam);
            var names = IntStream.range(0, roles).mapToObj(i -> "baseline-" + i).toList();
            var began = System.nanoTime();
            InParallel.forEach(IN_FLIGHT, names, baseline::create);
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    private void create(String name) {
        iam.createRole(request -> request.roleName(name)
                .path("/baseline/")
                .assumeRolePolicyDocument(TRUST.replace("ROLE", name))
                .tags(
                        Tag.builder().key("irsa.dev/cluster").value("baseline").build(),
                        Tag.builder().key("irsa.dev/resource").value(name).build()));
        iam.attachRolePolicy(
                request -> request.roleName(name).policyArn("arn:aws:iam::aws:policy/" + ResourceBatch.MANAGED_POLICY));
        iam.putRolePolicy(request ->
                request.roleName(name).policyName("read-invoices").policyDocument(ResourceBatch.INLINE_POLICY));
    }
}
