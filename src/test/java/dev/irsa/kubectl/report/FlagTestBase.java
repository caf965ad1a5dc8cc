package dev.irsa.kubectl.report;

import static dev.irsa.fixtures.report.GrantedRole.BOUNDARY;
import static dev.irsa.fixtures.report.GrantedRole.ISSUER;
import static dev.irsa.fixtures.report.GrantedRole.NOW;
import static dev.irsa.fixtures.report.GrantedRole.allow;
import static dev.irsa.fixtures.report.GrantedRole.deny;
import static dev.irsa.fixtures.report.GrantedRole.document;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.report.GrantedRole;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.report.ReportedRole.Raised;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a flag must find and what it must leave alone. */
abstract class FlagTestBase {
    static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
    static final String DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
    static final String CONDITION = "\"Condition\": {\"StringEquals\": {\"aws:ResourceTag/team\": \"red\"}}, ";

    final Map<String, PolicyDocument> documents =
            new HashMap<>(Map.of(BOUNDARY, document(allow("*", "*"), deny("organizations:*", "*"))));

    static GrantedRole role() {
        return GrantedRole.trusting("shop", "cart");
    }

    Map<String, List<String>> flags(GrantedRole role) {
        return flags(List.of(), role.grant("shop", "cart"));
    }

    Map<String, List<String>> flags(List<IamServiceAccount> resources, Grant... grants) {
        Map<String, List<String>> flags = new HashMap<>();
        new ReportBuilder(
                        new ReportSources(
                                Optional.empty(),
                                new AccessInventory(List.of(grants), documents, List.of()),
                                resources,
                                List.of(),
                                ISSUER,
                                Optional.empty()),
                        NOW)
                .report()
                .roles()
                .getFirst()
                .flags()
                .forEach((Raised raised) -> flags.put(raised.flag(), raised.reasons()));
        return flags;
    }

    static String conditional(String statement) {
        return statement.replace("\"Action\"", CONDITION + "\"Action\"");
    }

    static IamServiceAccount resource(String reason, String entitlement) {
        return Serialization.unmarshal(
                """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: shop, name: cart}
                spec: {}
                status:
                  observedGeneration: 1
                  roleARN: arn:aws:iam::111122223333:role/irsa/prod/prod_shop_cart
                  role: {name: prod_shop_cart, id: AROA, denyPolicyDigests: {guard: "%s"}}
                  %s
                  conditions:
                  - {type: Ready, status: "False", reason: %s, message: the message, lastTransitionTime: "2026-12-01T00:00:00Z", observedGeneration: 1}
                """.formatted(document(deny("*", "*")).fingerprint().digest(), entitlement, reason),
                IamServiceAccount.class);
    }
}
