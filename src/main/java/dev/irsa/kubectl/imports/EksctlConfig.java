package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.YamlDocuments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A ClusterConfig of eksctl, as far as it declares roles for ServiceAccounts.
 *
 * <p>Source: eksctl 0.230.0, {@code pkg/apis/eksctl.io/v1alpha5}.
 *
 * @param cluster its name
 * @param notExpressed what else the file says about credentials of pods, each with its place; it is not imported
 */
public record EksctlConfig(String cluster, List<EksctlServiceAccount> serviceAccounts, List<String> notExpressed) {
    private static final String API_VERSION = "eksctl.io/v1alpha5";

    private static final Set<String> IAM_FIELDS = Set.of(
            "serviceRoleARN",
            "serviceRolePermissionsBoundary",
            "fargatePodExecutionRoleARN",
            "fargatePodExecutionRolePermissionsBoundary",
            "withOIDC",
            "vpcResourceControllerPolicy",
            "serviceAccounts",
            "podIdentityAssociations");

    private static final List<String> ADDON_FIELDS = List.of(
            "serviceAccountRoleARN",
            "attachPolicyARNs",
            "attachPolicy",
            "wellKnownPolicies",
            "podIdentityAssociations",
            "useDefaultPodIdentityAssociations");

    public EksctlConfig {
        serviceAccounts = List.copyOf(serviceAccounts);
        notExpressed = List.copyOf(notExpressed);
    }

    /**
     * Parses a file with one or more documents, of which those of other kinds are skipped.
     *
     * @param source names the file in error messages
     * @throws InvalidFile if it has no ClusterConfig, or one that eksctl would reject
     */
    public static List<EksctlConfig> parse(String source, String text) throws InvalidFile {
        List<EksctlConfig> configs = new ArrayList<>();
        for (JsonNode document : YamlDocuments.parse(source, text)) {
            String apiVersion = document.path("apiVersion").asText();
            if (!apiVersion.startsWith("eksctl.io/")
                    || !document.path("kind").asText().equals("ClusterConfig")) {
                continue;
            }
            Fields config = Fields.of(source, "", document);
            if (!apiVersion.equals(API_VERSION)) {
                throw config.error("apiVersion", "only " + API_VERSION + " is supported; convert the file with eksctl");
            }
            configs.add(config(config));
        }
        if (configs.isEmpty()) {
            throw new InvalidFile(source + " has no ClusterConfig of eksctl (apiVersion: " + API_VERSION
                    + "); choose the file that you pass to eksctl with --config-file");
        }
        return List.copyOf(configs);
    }

    private static EksctlConfig config(Fields config) throws InvalidFile {
        Fields metadata = config.object("metadata");
        Fields iam = config.object("iam");
        List<EksctlServiceAccount> accounts = new ArrayList<>();
        Set<AccountKey> keys = new HashSet<>();
        for (Fields declaration : iam.objects("serviceAccounts")) {
            EksctlServiceAccount account = EksctlServiceAccount.parse(declaration, metadata);
            if (!keys.add(account.account())) {
                throw declaration.error(
                        "metadata.name", "a second declaration of this ServiceAccount; remove one of them");
            }
            accounts.add(account);
        }
        String cluster = metadata.text("name")
                .orElseThrow(() -> metadata.error("name", "missing; set it to the name of the cluster"));
        return new EksctlConfig(cluster, accounts, notExpressed(config, iam, accounts));
    }

    private static List<String> notExpressed(Fields config, Fields iam, List<EksctlServiceAccount> accounts)
            throws InvalidFile {
        List<String> notes = new ArrayList<>();
        iam.placesExcept(IAM_FIELDS).forEach(place -> notes.add(place + ": not a known field of eksctl"));
        if (iam.has("podIdentityAssociations")) {
            notes.add(iam.place("podIdentityAssociations")
                    + ": roles for EKS Pod Identity are not imported; create resources with delivery: [PodIdentity]");
        }
        boolean addonForNetwork = false;
        for (Fields addon : config.objects("addons")) {
            addonForNetwork |=
                    addon.text("name").orElse("").toLowerCase(Locale.ROOT).equals("vpc-cni");
            if (ADDON_FIELDS.stream().anyMatch(addon::has)) {
                notes.add(addon.path() + ": roles of EKS add-ons are not imported; EKS keeps managing their "
                        + "ServiceAccounts");
            }
        }
        AccountKey networkPlugin = new AccountKey("kube-system", "aws-node");
        boolean declared =
                accounts.stream().anyMatch(account -> account.account().equals(networkPlugin));
        boolean withoutDefaults = config.object("addonsConfig").flag("disableDefaultAddons");
        if (iam.flag("withOIDC") && !addonForNetwork && !declared && !withoutDefaults) {
            notes.add(iam.place("withOIDC")
                    + ": eksctl also creates a role for kube-system/aws-node, which the file does not declare");
        }
        return notes;
    }
}
