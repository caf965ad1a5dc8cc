package dev.irsa.kubectl.imports;

import java.util.List;

/** How eksctl releases a role: its stack is deleted, and the role stays. */
final class EksctlHandOver {
    private static final String CLUSTER = "alpha.eksctl.io/cluster-name";

    private static final String TEMPLATE = "if type == \"string\" then fromjson else . end";

    /** CloudFormation accepts a deletion policy only beside another change, and metadata changes nothing in IAM. */
    private static final String RETAIN = TEMPLATE + " | .Resources |= map_values(.DeletionPolicy = \"Retain\" | "
            + ".Metadata[\"irsa.dev/handed-over\"] = \"true\")";

    private static final String CHECK =
            TEMPLATE + " | .Resources | map_values(.DeletionPolicy) | ., all(.[]; . == \"Retain\")";

    /** Waiting for an update that was rejected would take an hour. */
    private static final String AND = " \\\n  && ";

    private static final String LABEL = "app.kubernetes.io/managed-by-";

    private EksctlHandOver() {}

    static void write(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                eksctl created a CloudFormation stack for each role. Deleting the stack would delete
                the role. Therefore, the steps first set `DeletionPolicy: Retain` on everything in the
                stack, which is the role (`Role1`) and its inline policies. CloudFormation accepts a
                deletion policy only together with another change. The steps add metadata, which does
                not change the role.""")
                .paragraph("Until a role is handed over, these commands break it:")
                .bullets(List.of(
                        "`eksctl delete iamserviceaccount` deletes the stack with the role. It also deletes the "
                                + "ServiceAccount, even if eksctl did not create it. `--only-missing` selects what "
                                + "the file of eksctl omits.",
                        "`eksctl delete cluster` deletes every stack of the cluster.",
                        "`eksctl create iamserviceaccount` and `eksctl update iamserviceaccount` write the policies "
                                + "of the file again."))
                .paragraph("Remove the ServiceAccounts from `iam.serviceAccounts` in the file of eksctl before the "
                        + "last step. Otherwise, the next `eksctl create iamserviceaccount` creates another role for "
                        + "each.");
        roles.forEach(role -> steps(page, role));
        WayBack.write(
                page,
                roles,
                "eksctl can then annotate the ServiceAccount with the role, but it never manages that role again:");
        page.shell(roles.stream().map(EksctlHandOver::attach).toList());
    }

    private static void steps(Markdown page, HandedOverRole role) {
        CloudFormationStack stack = CloudFormationStack.of(role);
        String getTemplate = stack.command("get-template") + " --query TemplateBody --output json";
        page.heading(4, "Role of ServiceAccount " + role.serviceAccount())
                .paragraph("1. Keep the role and its inline policies when the stack is deleted:")
                .shell(
                        getTemplate + " \\\n  | jq " + ShellWord.of(RETAIN) + " > " + ShellWord.of(stack.file()),
                        stack.command("update-stack") + " \\\n  --template-body "
                                + ShellWord.of("file://" + stack.file()) + " --capabilities CAPABILITY_NAMED_IAM"
                                + AND + stack.command("wait stack-update-complete"))
                .paragraph("2. Check the template of the stack. Continue only if each line says `Retain` and the "
                        + "last line says `true`:")
                .shell(getTemplate + " \\\n  | jq -e " + ShellWord.of(CHECK))
                .paragraph("3. Delete the stack. eksctl protects its stacks from deletion, so the protection is "
                        + "disabled first:")
                .shell(
                        stack.command("update-termination-protection") + " --no-enable-termination-protection",
                        stack.command("delete-stack") + AND + stack.command("wait stack-delete-complete"));
        RoleCheck.write(page, 4, role);
        page.paragraph("5. Remove the label by which eksctl finds the ServiceAccount:")
                .shell("kubectl label serviceaccount " + ShellWord.option("--namespace", role.namespace()) + " "
                        + ShellWord.of(role.serviceAccount()) + " " + LABEL);
    }

    private static String attach(HandedOverRole role) {
        return "eksctl create iamserviceaccount " + ShellWord.option("--cluster", role.tag(CLUSTER)) + " "
                + ShellWord.option("--namespace", role.namespace()) + " "
                + ShellWord.option("--name", role.serviceAccount()) + " \\\n  "
                + ShellWord.option("--attach-role-arn", role.roleArn())
                + " --override-existing-serviceaccounts --approve";
    }
}
