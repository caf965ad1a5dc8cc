package dev.irsa.kubectl.imports;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How Terraform and OpenTofu release a role: its resources leave the state, and then the configuration. */
final class TerraformHandOver {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_-]*";

    /** An address that a removed block can name as it is: modules and a resource, all without instance keys. */
    private static final Pattern RESOURCE = Pattern.compile(NAME + "\\." + NAME);

    /** The modules of an address, all without instance keys. The resource in them may have one. */
    private static final Pattern MODULES = Pattern.compile("(module\\." + NAME + "(?:\\.module\\." + NAME + ")*)"
            + "\\." + NAME + "\\." + NAME + "(?:\\[(?:[0-9]+|\".*\")])?");

    private TerraformHandOver() {}

    static void write(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                While a role is in the state of Terraform, each apply restores the trust policy, the
                policies, and the tags of the configuration. It removes the tags of the operator,
                which then reports `RoleConflict`. To prevent this, set `ignore_tags` in the provider
                before you offer the role, and run no other apply until the hand-over is complete:""")
                .fenced("hcl", """
                provider "aws" {
                  ignore_tags {
                    key_prefixes = ["irsa.dev/"]
                  }
                }""")
                .paragraph("""
                If you cannot change the provider, add the tag `irsa.dev/adoptable-by` to the `tags`
                of the role or module, and apply. That offers the role. Then hand it over as soon as
                it is Ready.""")
                .paragraph("These break the role:")
                .bullets(List.of(
                        "Removing the block of a role or module from the configuration destroys it, even with "
                                + "`prevent_destroy`.",
                        "`managed_policy_arns`, `inline_policy`, and resources with a name that ends in `_exclusive` "
                                + "remove policies that the operator adds.",
                        "An attachment, an inline policy, or a policy that stays in the state is deleted when its "
                                + "block is removed."))
                .paragraph("""
                The operator attaches customer managed policies, and never changes them. To keep such
                a policy in Terraform, leave it out of the commands, and keep its block.""");
        roles.forEach(role -> steps(page, role));
        WayBack.write(
                page,
                roles,
                "Terraform can then import what it had. The ID of a role is its name. Attachments have "
                        + "`ROLE/POLICY_ARN`, inline policies `ROLE:NAME`, and policies their ARN:");
        page.shell(roles.stream().map(TerraformHandOver::importRole).toList());
    }

    private static void steps(Markdown page, HandedOverRole role) {
        page.heading(4, "Role of ServiceAccount " + role.serviceAccount());
        if (role.addresses().isEmpty()) {
            page.paragraph("The address of the role is not known. Run the import again with `--from-terraform-state "
                            + "FILE`, or find it in the folder of the configuration:")
                    .shell("terraform state list " + "-id=" + ShellWord.of(role.roleName()))
                    .paragraph("Then follow the steps for another role. Include its attachments and policies.");
            return;
        }
        page.paragraph("1. Back up the state. Keep the file secret. Then check that nothing is pending; the plan "
                        + "must show no changes:")
                .shell("terraform state pull > state-backup.json", "terraform plan -detailed-exitcode");
        remove(page, role.addresses());
        RoleCheck.write(page, 4, role);
    }

    private static void remove(Markdown page, List<String> addresses) {
        Optional<Set<String>> blocks = blocks(addresses);
        if (blocks.isEmpty()) {
            page.paragraph("2. Remove these instances from the state. A `removed` block cannot name instances. "
                            + "Nothing changes in AWS:")
                    .shell(addresses.stream()
                            .map(address -> "terraform state rm " + ShellWord.of(address))
                            .toList())
                    .paragraph("3. Remove the key of these instances from `for_each`, or their block. The plan must "
                            + "destroy nothing:")
                    .shell("terraform plan");
            return;
        }
        page.paragraph("2. Replace the block of each module or resource by a `removed` block. It needs Terraform 1.7 "
                        + "or OpenTofu 1.7. A block for a module releases everything in that module. If the module "
                        + "contains more than this role, use the commands below instead.")
                .fenced(
                        "hcl",
                        String.join(
                                "\n\n",
                                blocks.orElseThrow().stream()
                                        .map(TerraformHandOver::block)
                                        .toList()))
                .paragraph("With an older version, remove the resources from the state before you remove their blocks:")
                .shell(addresses.stream()
                        .map(address -> "terraform state rm " + ShellWord.of(address))
                        .toList())
                .paragraph("3. Apply. The plan must say that these resources are no longer managed, and must destroy "
                        + "nothing:")
                .shell("terraform plan -out=hand-over.plan", "terraform apply hand-over.plan");
    }

    private static String block(String from) {
        return "removed {\n  from = " + from + "\n\n  lifecycle {\n    destroy = false\n  }\n}";
    }

    /** Returns what removed blocks name; empty if an address has an instance key that a block cannot name. */
    private static Optional<Set<String>> blocks(List<String> addresses) {
        Set<String> blocks = new LinkedHashSet<>();
        for (String address : addresses) {
            Matcher modules = MODULES.matcher(address);
            if (modules.matches()) {
                blocks.add(modules.group(1));
            } else if (RESOURCE.matcher(address).matches()) {
                blocks.add(address);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(blocks);
    }

    private static String importRole(HandedOverRole role) {
        String address = Stream.of(role.addresses())
                .flatMap(List::stream)
                .filter(known -> known.contains("aws_iam_role."))
                .findFirst()
                .orElse("ADDRESS");
        return "terraform import " + ShellWord.of(address) + " " + ShellWord.of(role.roleName());
    }
}
