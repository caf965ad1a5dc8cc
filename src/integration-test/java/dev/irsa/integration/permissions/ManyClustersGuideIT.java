package dev.irsa.integration.permissions;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Evaluates the policy of the bucket in docs/many-clusters.md with an independent simulator. */
class ManyClustersGuideIT {
    private static final String ROLES = "arn:aws:iam::111122223333:role/irsa/";

    @TestFactory
    Stream<DynamicTest> bucketPolicyAdmitsTheRolesOfBothClusters() throws IOException {
        return evaluator()
                .allow(List.of(
                        read("blue reads", "blue/blue_payments_invoices"),
                        read("green reads", "green/green_payments_invoices")));
    }

    @TestFactory
    Stream<DynamicTest> bucketPolicyAdmitsNoOtherRole() throws IOException {
        return evaluator()
                .deny(List.of(
                        read("another cluster reads", "dev/dev_payments_invoices"),
                        read("another application reads", "blue/blue_payments_ledger"),
                        read("a role of the same name at another path reads", "dev/green_payments_invoices")));
    }

    private static PolicyEvaluator evaluator() throws IOException {
        String page = Files.readString(Path.of("docs", "many-clusters.md"));
        String policy = page.split("```json\n", 2)[1].split("```", 2)[0];
        return new PolicyEvaluator(
                "444455556666",
                Map.of(
                        "bucket", PolicyDocument.parse(policy),
                        "role", PolicyDocument.parse("""
                                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
                                 "Resource": "arn:aws:s3:::invoices/*"}]}""")));
    }

    /** The bucket is in another account. So both its policy and that of the role must allow the action. */
    private static Attempt read(String name, String role) {
        return Attempt.by(ROLES + role, name, "bucket", "s3:GetObject", "arn:aws:s3:::invoices/2026.pdf")
                .under("role")
                .with("aws:PrincipalArn", ROLES + role);
    }
}
