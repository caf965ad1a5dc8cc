package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.rolespec.LiveRole;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page of the {@link HandOverGuide} says about one role. Each value is quoted for the place in which it stands.
 *
 * @param addresses in the state of Terraform, in the order in which they are released; empty if they are not known
 */
record HandOverValues(AccountKey account, LiveRole live, List<String> addresses) {
    private static final Pattern STACK_ID =
            Pattern.compile("arn:[^:]+:cloudformation:([a-z0-9-]+):[0-9]*:stack/([^/]+)/.*");
    private static final Pattern CROSSPLANE_KIND = Pattern.compile("role\\.(iam\\.aws\\.[a-z0-9.-]+)");
    private static final String KOPS_CLUSTER = "KubernetesCluster";
    private static final String TERRAFORM_NAME = "[\\p{L}_][\\p{L}\\p{N}_-]*";

    /** An address that a removed block can name as it is: modules and a resource, all without instance keys. */
    private static final Pattern TERRAFORM_RESOURCE = Pattern.compile(TERRAFORM_NAME + "\\." + TERRAFORM_NAME);

    /** The modules of an address, all without instance keys. The resource in them may have one. */
    private static final Pattern TERRAFORM_MODULES = Pattern.compile("(module\\." + TERRAFORM_NAME + "(?:\\.module\\."
            + TERRAFORM_NAME + ")*)" + "\\." + TERRAFORM_NAME + "\\." + TERRAFORM_NAME + "(?:\\[(?:[0-9]+|\".*\")])?");

    /** Returns the value of a placeholder. One that begins with hyphens is an option of a command with its value. */
    String value(String placeholder) {
        ObservedRole role = live.role();
        return switch (placeholder) {
            case "plain-name" -> PlainText.line(account.name());
            case "name" -> ShellWord.of(account.name());
            case "--name" -> ShellWord.option(placeholder, account.name());
            case "--namespace" -> ShellWord.option(placeholder, account.namespace());
            case "role-name" -> ShellWord.of(role.name());
            case "--role-name" -> ShellWord.option(placeholder, role.name());
            case "--attach-role-arn" -> ShellWord.option(placeholder, role.arn());
            case "check" -> check();
            case "release-patch" -> ShellWord.of(releasePatch());
            case "operator-tags" -> OwnershipTags.ADOPTABLE_BY + " " + UserTags.KEY;
            case "event-attributes" -> ShellWord.of("AttributeKey=ResourceName,AttributeValue=" + role.name());
            case "--cluster" -> ShellWord.option(placeholder, tag("alpha.eksctl.io/cluster-name"));
            case "stack" -> stack();
            case "stack-name" -> HandOverGuide.code(stackName());
            case "logical-id" -> logicalId();
            case "template-file" -> ShellWord.of(templateFile());
            case "template-url" -> ShellWord.of("file://" + templateFile());
            case "crossplane-group" -> crossplaneGroup();
            case "kops-tag" -> ShellWord.of("kubernetes.io/cluster/" + tag(KOPS_CLUSTER));
            case "kops-cluster" -> ShellWord.option("--name", tag(KOPS_CLUSTER));
            case "terraform-steps" -> HandOverGuide.page(terraformPage(), List.of(this));
            case "terraform-state-rm" -> terraformStateRm();
            case "terraform-removed-blocks" -> terraformRemovedBlocks();
            case "terraform-address" -> ShellWord.of(terraformAddress());
            default -> throw new IllegalArgumentException("unknown placeholder " + placeholder);
        };
    }

    /** Returns a patch after which the deletion of the resource keeps the role and the annotation of the ServiceAccount. */
    private String releasePatch() {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode spec = patch.putObject("spec").put("deletionPolicy", DeletionPolicy.Retain.name());
        spec.putArray("serviceAccounts")
                .addObject()
                .put("name", account.name())
                .put("management", Management.Ignore.name());
        return patch.toString();
    }

    private String tag(String key) {
        return live.role().tags().entrySet().stream()
                .filter(tag -> tag.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Returns the last step: whether the role still has what it had. The commands have no comments, because zsh executes them. */
    private String check() {
        String name = ShellWord.option("--role-name", live.role().name());
        List<String> expected = new ArrayList<>(
                List.of("the ARN " + HandOverGuide.code(live.role().arn())));
        List<String> commands =
                new ArrayList<>(List.of("aws iam get-role " + name + " --query Role.Arn --output text"));
        if (!live.managed().isEmpty()) {
            expected.add("attached policies: " + live.managed().size());
            commands.add("aws iam list-attached-role-policies " + name
                    + " --query 'AttachedPolicies[].PolicyArn' --output text");
        }
        if (!live.inline().isEmpty()) {
            expected.add("inline policies: " + live.inline().size());
            commands.add("aws iam list-role-policies " + name + " --query PolicyNames --output text");
        }
        return "Check that the role and its policies still exist. Expected: " + String.join("; ", expected)
                + ".\n\n```sh\n" + String.join("\n", commands) + "\n```";
    }

    /** Returns the part of the ID of the CloudFormation stack, which only AWS sets; empty if the role has no such tag. */
    private Optional<String> ofStackId(int group) {
        Matcher id = STACK_ID.matcher(tag("aws:cloudformation:stack-id"));
        return id.matches() ? Optional.of(id.group(group)) : Optional.empty();
    }

    /** Returns the options that name the stack. If its region is not known, that of the profile applies. */
    private String stack() {
        return ofStackId(1)
                        .map(region -> ShellWord.option("--region", region) + " ")
                        .orElse("")
                + ShellWord.option("--stack-name", stackName());
    }

    private String stackName() {
        String name = tag("aws:cloudformation:stack-name");
        return name.isEmpty() ? ofStackId(2).orElse("") : name;
    }

    private String logicalId() {
        String id = tag("aws:cloudformation:logical-id");
        return id.isEmpty() ? "" : "(" + HandOverGuide.code(id) + ") ";
    }

    /** Returns a name for the file with the template of the stack, in the current folder. */
    private String templateFile() {
        return stackName().replaceAll("[^A-Za-z0-9-]", "_").replaceFirst("^-", "_") + ".json";
    }

    private String crossplaneGroup() {
        Matcher kind = CROSSPLANE_KIND.matcher(tag("crossplane-kind"));
        return kind.matches() ? kind.group(1) : "iam.aws.upbound.io";
    }

    private String terraformPage() {
        if (addresses.isEmpty()) {
            return "terraform-without-address";
        }
        return removedBlocks().isEmpty() ? "terraform-instances" : "terraform-blocks";
    }

    private String terraformStateRm() {
        return addresses.stream()
                .map(address -> "terraform state rm " + ShellWord.of(address))
                .collect(Collectors.joining("\n"));
    }

    private String terraformRemovedBlocks() {
        return removedBlocks().stream()
                .map(from -> "removed {\n  from = " + from + "\n\n  lifecycle {\n    destroy = false\n  }\n}")
                .collect(Collectors.joining("\n\n"));
    }

    /** Returns what removed blocks name; empty if an address has an instance key that a block cannot name. */
    private Set<String> removedBlocks() {
        Set<String> blocks = new LinkedHashSet<>();
        for (String address : addresses) {
            Matcher modules = TERRAFORM_MODULES.matcher(address);
            if (modules.matches()) {
                blocks.add(modules.group(1));
            } else if (TERRAFORM_RESOURCE.matcher(address).matches()) {
                blocks.add(address);
            } else {
                return Set.of();
            }
        }
        return blocks;
    }

    private String terraformAddress() {
        return addresses.stream()
                .filter(address -> address.contains("aws_iam_role."))
                .findFirst()
                .orElse("ADDRESS");
    }
}
