package dev.irsa.kubectl.imports;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stack that created a role, by tags that only AWS sets.
 *
 * @param region empty if the tag with the ID of the stack is missing
 * @param logicalId of the role in the template
 */
record CloudFormationStack(String name, Optional<String> region, String logicalId) {
    private static final Pattern ID = Pattern.compile("arn:[^:]+:cloudformation:([a-z0-9-]+):[0-9]*:stack/([^/]+)/.*");

    static CloudFormationStack of(HandedOverRole role) {
        Matcher id = ID.matcher(role.tag("aws:cloudformation:stack-id"));
        boolean isKnown = id.matches();
        String name = role.tag("aws:cloudformation:stack-name");
        return new CloudFormationStack(
                name.isEmpty() && isKnown ? id.group(2) : name,
                isKnown ? Optional.of(id.group(1)) : Optional.empty(),
                role.tag("aws:cloudformation:logical-id"));
    }

    /** Returns an AWS CLI command for the stack. If its region is not known, that of the profile applies. */
    String command(String operation) {
        return "aws cloudformation " + operation
                + region.map(value -> " " + ShellWord.option("--region", value)).orElse("") + " "
                + ShellWord.option("--stack-name", name);
    }

    /** Returns a name for the file with the template, in the current folder. */
    String file() {
        return name.replaceAll("[^A-Za-z0-9-]", "_").replaceFirst("^-", "_") + ".json";
    }
}
