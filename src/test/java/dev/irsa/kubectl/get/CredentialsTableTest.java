package dev.irsa.kubectl.get;

import static dev.irsa.kubectl.get.Inventories.annotated;
import static dev.irsa.kubectl.get.Inventories.arn;
import static dev.irsa.kubectl.get.Inventories.irsaPod;
import static dev.irsa.kubectl.get.Inventories.missing;
import static dev.irsa.kubectl.get.Inventories.notReady;
import static dev.irsa.kubectl.get.Inventories.podIdentityPod;
import static dev.irsa.kubectl.get.Inventories.ready;
import static dev.irsa.kubectl.get.Inventories.resource;
import static dev.irsa.kubectl.get.Inventories.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.kubectl.get.Inventory.Accounts;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.kubectl.output.Terminal;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CredentialsTableTest {
    private static final Inventory SHOP = with(
                    List.of(
                            annotated("cart", arn("irsa/prod_shop_cart"), "irsa-operator"),
                            annotated("search", arn("search"), "helm"),
                            annotated("web", arn("web"), "kubectl-annotate")),
                    List.of(ready("cart", arn("irsa/prod_shop_cart")), notReady("pay", "NotEntitled")),
                    irsaPod("web", arn("former")))
            .withAssociations(Map.of(new AccountKey("shop", "web"), new Association("a-1", Optional.of(arn("web-2")))));

    @Test
    void alignsColumns() {
        assertThat(table(SHOP, Terminal.NONE)).isEqualTo("""
                NAMESPACE   NAME     DELIVERED BY         MANAGED BY      READY                 OLD PODS   ROLE
                shop        cart     IRSA                 irsa-operator   True                  0          irsa/prod_shop_cart
                shop        pay      -                    irsa-operator   False (NotEntitled)   0          -
                shop        search   IRSA                 Helm?           -                     0          search
                shop        web      IRSA, Pod Identity   unknown         -                     1          web-2 (annotation: web)
                """);
    }

    @Test
    void cutsOnlyTheRoleOnNarrowTerminal() {
        assertThat(table(SHOP, new Terminal(true, false, true, 108))).isEqualTo("""
                NAMESPACE   NAME     DELIVERED BY         MANAGED BY      READY                 OLD PODS   ROLE
                shop        cart     IRSA                 irsa-operator   True                  0          irsa/prod_shop_c…
                shop        pay      -                    irsa-operator   False (NotEntitled)   0          -
                shop        search   IRSA                 Helm?           -                     0          search
                shop        web      IRSA, Pod Identity   unknown         -                     1          web-2 (annotatio…
                """);
    }

    @Test
    void keepsNamesWholeOnVeryNarrowTerminal() {
        assertThat(table(SHOP, new Terminal(true, false, true, 40)))
                .contains("irsa-operator   False (NotEntitled)   0 ")
                .contains("irsa/prod_s…");
    }

    @Test
    void alignsColouredCells() {
        String coloured = table(SHOP, new Terminal(true, true, true, 200));

        assertThat(coloured).contains("\u001b[31mFalse (NotEntitled)\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(table(SHOP, Terminal.NONE));
    }

    @Test
    void showsAccountsOnlyIfThereAreSeveral() {
        Inventory two = with(
                List.of(
                        annotated("cart", arn("cart"), "helm"),
                        annotated("web", "arn:aws:iam::444455556666:role/team/web", "helm")),
                List.of());

        assertThat(table(two, Terminal.NONE))
                .containsPattern("OLD PODS +ACCOUNT +ROLE\n")
                .containsPattern(" 111122223333 +cart\n")
                .containsPattern(" 444455556666 +team/web\n");
    }

    @Test
    void showsTheAccountOfARoleThatDoesNotExistYet() {
        IamServiceAccount planned = resource("cart");
        planned.setSpec(Serialization.unmarshal("account: analytics", IamServiceAccountSpec.class));
        Inventory cluster = with(List.of(), List.of(planned));
        Inventory known =
                cluster.with(new Accounts(new TreeMap<>(Map.of("analytics", "444455556666")), new TreeMap<>()));

        assertThat(table(known, Terminal.NONE)).containsPattern(" 444455556666 \\(analytics\\) +-\n");
        assertThat(table(cluster, Terminal.NONE)).containsPattern(" \\? \\(analytics\\) +-\n");
        assertThat(OutputFormat.json.serialize(CredentialsDocument.of(listed(known))))
                .contains("\"accountID\":\"444455556666\",\"account\":\"analytics\"")
                .doesNotContain("notRead");
    }

    @Test
    void namesAccountsThatWereNotReadInTheDocument() {
        Accounts accounts =
                new Accounts(new TreeMap<>(), new TreeMap<>(Map.of("444455556666", "account 444455556666 cannot")));

        assertThat(OutputFormat.json.serialize(CredentialsDocument.of(nothing(accounts))))
                .isEqualTo("{\"items\":[],\"notRead\":[{\"accountID\":\"444455556666\",\"reason\":\"account"
                        + " 444455556666 cannot\"}]}\n");
    }

    @Test
    void cleansAnnotationThatIsNoArn() {
        Inventory hostile = with(List.of(annotated("cart", "x\u001b[2Jy\nfake row", "helm")), List.of());

        assertThat(table(hostile, Terminal.NONE)).contains("x [2Jy fake row").doesNotContain("\u001b");
    }

    @Test
    void marksWhatCouldNotBeRead() {
        Inventory blind = new Inventory(
                List.of(annotated("cart", arn("cart"), "helm")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        assertThat(table(blind, Terminal.NONE).lines().toList().getLast()).containsPattern(" \\?   +cart$");

        Inventory pods = with(List.of(), List.of(), podIdentityPod("cart"));
        assertThat(table(pods, Terminal.NONE).lines().toList().getLast())
                .contains("Pod Identity")
                .endsWith("?");
    }

    @Test
    void namesFieldsOfDocument() {
        Inventory one = with(
                List.of(annotated("cart", arn("irsa/cart"), "irsa-operator")),
                List.of(ready("cart", arn("irsa/cart"))));

        assertThat(OutputFormat.yaml.serialize(CredentialsDocument.of(listed(one))))
                .isEqualTo("""
                        ---
                        items:
                        - namespace: "shop"
                          name: "cart"
                          exists: true
                          roleArn: "arn:aws:iam::111122223333:role/irsa/cart"
                          accountID: "111122223333"
                          annotatedRoleArn: "arn:aws:iam::111122223333:role/irsa/cart"
                          deliveredBy:
                          - "IRSA"
                          managedBy:
                            maker: "irsa-operator"
                            certain: true
                            evidence:
                            - "IamServiceAccount shop/cart"
                          iamServiceAccount: "cart"
                          ready: "True"
                          readyReason: "UpToDate"
                          readyMessage: "why"
                          podsWithOldCredentials: 0
                        """);
    }

    @Test
    void showsHowManyRequirementsAreMissing() {
        List<String> missing = List.of(
                "IamEntitlement default requires permissions boundary arn:aws:iam::111122223333:policy/workloads",
                "IamEntitlement default requires tag team=shop");
        Inventory inventory = with(
                List.of(),
                List.of(
                        missing(ready("cart", arn("irsa/cart")), missing),
                        missing(notReady("pay", "Suspended"), missing)));

        assertThat(table(inventory, Terminal.NONE).lines())
                .anyMatch(line -> line.contains("True (requirements missing: 2)"))
                .anyMatch(line -> line.contains("False (Suspended, requirements missing: 2)"));
        assertThat(OutputFormat.yaml.serialize(CredentialsDocument.of(listed(inventory))))
                .contains("  missingRequirements:\n  - \"" + missing.getFirst() + "\"\n  - \"" + missing.getLast()
                        + "\"\n");
    }

    @Test
    void writesEmptyListForPrograms() {
        assertThat(OutputFormat.json.serialize(CredentialsDocument.of(nothing(Accounts.NONE))))
                .isEqualToIgnoringWhitespace("{\"items\":[]}");
    }

    private static String table(Inventory inventory, Terminal terminal) {
        return CredentialsTable.format(listed(inventory), false, terminal);
    }

    private static ClusterResults<ListedCredentials> listed(Inventory inventory) {
        return ClusterResults.ofOne(ListedCredentials.of(inventory, RoleUses.NONE));
    }

    private static ClusterResults<ListedCredentials> nothing(Accounts accounts) {
        return ClusterResults.ofOne(new ListedCredentials(List.of(), RoleUses.NONE, accounts));
    }
}
