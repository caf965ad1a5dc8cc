package dev.irsa.plugin.adopt;

import dev.irsa.core.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/** The commands that show whether a role still has what it had. */
final class RoleCheck {
    private RoleCheck() {}

    /** Returns commands whose output is the ARN of the role, then its policies. */
    static List<String> commands(HandedOverRole role) {
        String name = ShellWord.option("--role-name", role.roleName());
        List<String> commands = new ArrayList<>();
        commands.add("aws iam get-role " + name + " --query Role.Arn --output text"
                + comment(role.roleArn()));
        if (!role.managedPolicies().isEmpty()) {
            commands.add("aws iam list-attached-role-policies " + name + " --query 'AttachedPolicies[].PolicyArn'"
                    + comment(count(role.managedPolicies(), "policy", "policies")));
        }
        if (!role.inlinePolicies().isEmpty()) {
            commands.add("aws iam list-role-policies " + name + " --query PolicyNames"
                    + comment(count(role.inlinePolicies(), "inline policy", "inline policies")));
        }
        return commands;
    }

    private static String count(List<String> names, String one, String many) {
        return names.size() + " " + (names.size() == 1 ? one : many);
    }

    private static String comment(String text) {
        return "  # " + PlainText.line(text);
    }
}
