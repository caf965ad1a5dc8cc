package dev.irsa.kubectl.imports;

import java.util.ArrayList;
import java.util.List;

/** The last step of a hand-over: the commands that show whether a role still has what it had. */
final class RoleCheck {
    private RoleCheck() {}

    /** Writes the step, with the expected output. The commands have no comments, because zsh executes them. */
    static void write(Markdown page, int step, HandedOverRole role) {
        String name = ShellWord.option("--role-name", role.roleName());
        List<String> expected = new ArrayList<>(List.of("the ARN " + Markdown.code(role.roleArn())));
        List<String> commands =
                new ArrayList<>(List.of("aws iam get-role " + name + " --query Role.Arn --output text"));
        if (!role.managedPolicies().isEmpty()) {
            expected.add("attached policies: " + role.managedPolicies().size());
            commands.add("aws iam list-attached-role-policies " + name
                    + " --query 'AttachedPolicies[].PolicyArn' --output text");
        }
        if (!role.inlinePolicies().isEmpty()) {
            expected.add("inline policies: " + role.inlinePolicies().size());
            commands.add("aws iam list-role-policies " + name + " --query PolicyNames --output text");
        }
        page.paragraph(step + ". Check that the role and its policies still exist. Expected: "
                        + String.join("; ", expected) + ".")
                .shell(commands);
    }
}
