package dev.irsa.kubectl.imports;

import java.util.List;

/** How a stack releases a role: the resource is retained, and then removed from the template. */
final class CloudFormationHandOver {
    private CloudFormationHandOver() {}

    static void write(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                A stack created these roles. A role does not show whether the AWS CDK wrote the
                template of its stack, so both ways are described. A stack may contain more than the
                role. Therefore, its template is changed at its source.""").paragraph("""
                The stack must retain the role before the resource is removed. Otherwise,
                CloudFormation deletes the role. The same applies to each `AWS::IAM::Policy`,
                `AWS::IAM::RolePolicy`, and `AWS::IAM::ManagedPolicy` of the role: CloudFormation
                deletes one that is not retained, even if the role stays.""");
        roles.forEach(role -> steps(page, role));
        WayBack.write(
                page,
                roles,
                "A stack can then import the role: `aws cloudformation create-change-set --change-set-type IMPORT`, "
                        + "or `cdk import`. The role needs `DeletionPolicy: Retain` in the template for that.");
    }

    private static void steps(Markdown page, HandedOverRole role) {
        CloudFormationStack stack = CloudFormationStack.of(role);
        page.heading(4, "Role of ServiceAccount " + role.serviceAccount())
                .paragraph("1. Find the role " + logicalId(stack) + "and its policies in the stack "
                        + Markdown.code(stack.name()) + ":")
                .shell(stack.command("describe-stack-resources") + " \\\n"
                        + "  --query 'StackResources[?starts_with(ResourceType, `AWS::IAM::`)]"
                        + ".[LogicalResourceId, ResourceType, PhysicalResourceId]' --output text")
                .paragraph("2. Retain them, and deploy. In a template, add `DeletionPolicy: Retain` to each "
                        + "resource. If nothing else changes, add an entry under `Metadata` too, because "
                        + "CloudFormation accepts a deletion policy only beside another change. With the CDK, apply "
                        + "this to the role and to each policy:")
                .fenced("ts", "role.applyRemovalPolicy(RemovalPolicy.RETAIN);")
                .paragraph("3. Check the template of the stack. Continue only if it has `DeletionPolicy: Retain` for "
                        + "each of them:")
                .shell(stack.command("get-template") + " --query TemplateBody")
                .paragraph("4. Remove them from the template or from the CDK app, with all references and outputs, "
                        + "and deploy. Check the change set or `cdk diff` before you approve it.");
        RoleCheck.write(page, 5, role);
    }

    private static String logicalId(CloudFormationStack stack) {
        return stack.logicalId().isEmpty() ? "" : "(" + Markdown.code(stack.logicalId()) + ") ";
    }
}
