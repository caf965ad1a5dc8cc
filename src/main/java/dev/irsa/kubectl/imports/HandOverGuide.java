package dev.irsa.kubectl.imports;

import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.maker.Maker;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.plan.PackagedFile;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code HANDOVER.md}: how the former tool of each role releases it, and the way back. */
final class HandOverGuide {
    private static final String INTRODUCTION = """
            # Hand-over

            The operator manages these roles once their resources are resumed. Their former tools still \
            consider the roles their own, and may change or delete them. The steps below make each tool \
            release its roles. ARN and ID of a role stay the same, so running pods keep their credentials.

            The commands need bash or zsh, kubectl, the AWS CLI 2, and jq. Run them one block at a time, \
            and read the result of each. Hand over one role first, and the others later.""";

    private static final String OTHER_ACCOUNTS = """
            Some of these roles are in another AWS account than the operator. Run the AWS commands for a role with \
            credentials of the account in its ARN, for example with `export AWS_PROFILE=PROFILE`.""";

    private static final Pattern SECTION =
            Pattern.compile("<!-- (once|each role|commands|include) ?([a-z-]*) -->\n((?:(?!<!-- ).*\n)*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    private HandOverGuide() {}

    /** Returns the page for the roles that can be adopted, by namespace, then by maker, and for those that were not imported. */
    static String of(List<ImportedAccount> accounts) {
        List<ImportedAccount> roles = accounts.stream()
                .filter(ImportedAccount::adoptsRole)
                .sorted(Comparator.comparing(ImportedAccount::key))
                .toList();
        List<String> refused = accounts.stream()
                .filter(account -> account.result() instanceof Refused)
                .map(account -> refusedRow(account, (Refused) account.result()))
                .toList();
        List<String> blocks = new ArrayList<>(List.of(INTRODUCTION));
        if (roles.isEmpty()) {
            blocks.add("No role was imported.");
        } else {
            if (roles.stream().anyMatch(account -> !account.iamAccount().isEmpty())) {
                blocks.add(OTHER_ACCOUNTS);
            }
            blocks.add(table(
                    List.of("namespace", "IamServiceAccount", "role", "created by"),
                    roles.stream().map(HandOverGuide::row).toList()));
            roles.stream()
                    .collect(Collectors.groupingBy(
                            account -> account.key().namespace(), TreeMap::new, Collectors.toList()))
                    .forEach((namespace, group) -> blocks.add(namespace(namespace, group)));
        }
        if (!refused.isEmpty()) {
            blocks.add("## Roles that were not imported");
            blocks.add("These roles stay as they are, with the tools that manage them.");
            blocks.add(table(List.of("namespace", "ServiceAccount", "role", "why", "instead"), refused));
        }
        return String.join("\n\n", blocks) + "\n";
    }

    private static String table(List<String> columns, List<String> rows) {
        return "| " + String.join(" | ", columns) + " |\n" + "|---".repeat(columns.size()) + "|"
                + rows.stream().map(row -> "\n| " + row + " |").collect(Collectors.joining());
    }

    private static String refusedRow(ImportedAccount account, Refused refused) {
        return Stream.of(
                        account.key().namespace(),
                        account.key().name(),
                        account.candidate().roleArn(),
                        refused.why(),
                        refused.instead())
                .map(HandOverGuide::cell)
                .collect(Collectors.joining(" | "));
    }

    private static String row(ImportedAccount account) {
        return cell(account.key().namespace()) + " | " + cell(account.key().name()) + " | "
                + cell(account.role().orElseThrow().role().arn()) + " | " + evidence(account.maker());
    }

    private static String evidence(RoleMaker maker) {
        String title = maker.maker().title();
        if (maker.evidence().isEmpty()) {
            return title;
        }
        return (maker.certain() ? "" : "probably ") + title + ": "
                + maker.evidence().stream().map(HandOverGuide::cell).collect(Collectors.joining(", "));
    }

    private static String cell(String value) {
        return code(value).replace("|", "\\|");
    }

    private static String namespace(String namespace, List<ImportedAccount> accounts) {
        return "## " + PlainText.line("Namespace " + namespace)
                + accounts.stream()
                        .collect(Collectors.groupingBy(
                                account -> account.maker().maker(),
                                () -> new EnumMap<>(Maker.class),
                                Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(made -> "\n\n" + section(made.getKey(), made.getValue()))
                        .collect(Collectors.joining());
    }

    private static String section(Maker maker, List<ImportedAccount> accounts) {
        return switch (maker) {
            case OPERATOR, OTHER_RESOURCE ->
                "### " + maker.title() + "\n\nAn IamServiceAccount manages these roles already. There is nothing to"
                        + " hand over.";
            case CLOUDFORMATION -> steps("CloudFormation or the AWS CDK", maker, accounts);
            case UNKNOWN -> steps("Unknown maker, or created by hand", maker, accounts);
            case HELM -> steps("Helm sets the annotation", maker, accounts);
            default -> steps(maker.title(), maker, accounts);
        };
    }

    private static String steps(String title, Maker maker, List<ImportedAccount> accounts) {
        List<HandOverValues> values = accounts.stream()
                .map(account -> new HandOverValues(
                        account.key(),
                        account.role().orElseThrow(),
                        account.candidate().addresses()))
                .toList();
        String resources =
                ShellWord.option("--namespace", accounts.getFirst().key().namespace())
                        + accounts.stream()
                                .map(account -> " " + ShellWord.of(account.key().name()))
                                .collect(Collectors.joining());
        return "### " + title + """


                **Do this only when the operator manages the role.** The column READY must be `True` \
                for each resource of this command. Otherwise, the role has two managers or none.

                ```sh
                kubectl get iamserviceaccount %s
                ```

                %s""".formatted(resources, page(maker.id(), values));
    }

    /**
     * Returns a page in {@code handover/}, which says how a tool releases its roles. It has sections, each below a comment:
     *
     * <ul>
     *   <li>{@code once}: the text stands once;
     *   <li>{@code each role}: the text stands for each role;
     *   <li>{@code commands}: one block of code has these lines for each role;
     *   <li>{@code include NAME}: another page stands here.
     * </ul>
     *
     * <p>In the text for a role, {@link HandOverValues} replaces each <code>{{placeholder}}</code>.
     */
    static String page(String name, List<HandOverValues> roles) {
        return SECTION.matcher(PackagedFile.text(HandOverGuide.class, "handover/" + name + ".md"))
                .results()
                .map(section -> switch (section.group(1)) {
                    case "once" -> section.group(3).strip();
                    case "each role" -> filled(section.group(3), roles, "\n\n");
                    case "commands" -> "```sh\n" + filled(section.group(3), roles, "\n") + "\n```";
                    default -> page(section.group(2), roles);
                })
                .collect(Collectors.joining("\n\n"));
    }

    private static String filled(String text, List<HandOverValues> roles, String separator) {
        Matcher placeholders = PLACEHOLDER.matcher(text.strip());
        return roles.stream()
                .map(role -> placeholders.replaceAll(found -> Matcher.quoteReplacement(role.value(found.group(1)))))
                .collect(Collectors.joining(separator));
    }

    /** Returns a value as code within a sentence, on one line. */
    static String code(String value) {
        return "`" + PlainText.line(value).replace('`', '\'') + "`";
    }
}
