package dev.irsa.kubectl;

import dev.irsa.fixtures.apiserver.ApiFault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A user who has several AWS accounts, with IAM in memory. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
abstract class OtherAccountsTestBase {
    static final String REPORTS = "arn:aws:iam::444455556666:role/irsa/analytics/prod_shop_reports";
    static final String RESOURCE = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: shop, name: reports}
            spec: {account: analytics}
            """;
    static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: analytics}
            spec: {account: analytics, namespaceSelector: {}, allow: {managedPolicies: ["*"]}}
            """;

    @TempDir
    Path folder;

    TwoAccounts world;

    @BeforeEach
    void start() throws IOException {
        world = new TwoAccounts(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    void denyIamAccounts() {
        world.server.intercept(request -> request.path().contains("iamaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());
    }
}
