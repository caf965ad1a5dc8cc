package dev.irsa.kubectl.imports;

import dev.irsa.kubectl.maker.Maker;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code HANDOVER.md}: how the former tool of each role releases it, and the way back. */
public final class HandOverGuide {
    private static final String INTRODUCTION = """
            The operator manages these roles once their resources are resumed. Their former tools still
            consider the roles their own, and may change or delete them. The steps below make each tool
            release its roles. ARN and ID of a role stay the same, so running pods keep their credentials.

            The commands need bash or zsh, kubectl, the AWS CLI 2, and jq. Run them one block at a time,
            and read the result of each. Hand over one role first, and the others later.""";

    private HandOverGuide() {}

    /** Returns the page for these roles. */
    static String of(List<HandedOverRole> roles) {
        return of(roles, List.of());
    }

    /** Returns the page for these roles, by namespace, then by maker, and for those that were not imported. */
    static String of(List<HandedOverRole> roles, List<RefusedRole> refused) {
        Markdown page = new Markdown().heading(1, "Hand-over").paragraph(INTRODUCTION);
        if (roles.isEmpty()) {
            page.paragraph("No role was imported.");
        } else {
            imported(page, roles);
        }
        if (!refused.isEmpty()) {
            page.heading(2, "Roles that were not imported")
                    .paragraph("These roles stay as they are, with the tools that manage them.")
                    .table(
                            List.of("namespace", "ServiceAccount", "role", "why", "instead"),
                            refused.stream().map(HandOverGuide::row).toList());
        }
        return page.text();
    }

    private static void imported(Markdown page, List<HandedOverRole> roles) {
        List<HandedOverRole> sorted = roles.stream()
                .sorted(Comparator.comparing(HandedOverRole::namespace).thenComparing(HandedOverRole::resource))
                .toList();
        page.table(
                List.of("namespace", "IamServiceAccount", "role", "created by"),
                sorted.stream().map(HandOverGuide::row).toList());
        Map<String, List<HandedOverRole>> namespaces = sorted.stream()
                .collect(Collectors.groupingBy(HandedOverRole::namespace, TreeMap::new, Collectors.toList()));
        namespaces.forEach((namespace, inNamespace) -> {
            page.heading(2, "Namespace " + namespace);
            byMaker(inNamespace).forEach((maker, made) -> section(page, maker, made));
        });
    }

    private static String row(RefusedRole refused) {
        return Stream.of(
                        refused.account().namespace(),
                        refused.account().name(),
                        refused.roleArn(),
                        refused.why(),
                        refused.instead())
                .map(Markdown::cell)
                .collect(Collectors.joining(" | "));
    }

    private static String row(HandedOverRole role) {
        return Markdown.cell(role.namespace()) + " | " + Markdown.cell(role.resource()) + " | "
                + Markdown.cell(role.roleArn()) + " | " + evidence(role);
    }

    private static String evidence(HandedOverRole role) {
        String maker = role.maker().maker().title();
        if (role.maker().evidence().isEmpty()) {
            return maker;
        }
        return (role.maker().certain() ? "" : "probably ") + maker + ": "
                + role.maker().evidence().stream().map(Markdown::cell).collect(Collectors.joining(", "));
    }

    private static EnumMap<Maker, List<HandedOverRole>> byMaker(List<HandedOverRole> roles) {
        return roles.stream()
                .collect(Collectors.groupingBy(
                        role -> role.maker().maker(), () -> new EnumMap<>(Maker.class), Collectors.toList()));
    }

    private static void section(Markdown page, Maker maker, List<HandedOverRole> roles) {
        page.heading(3, title(maker));
        if (maker == Maker.OPERATOR || maker == Maker.OTHER_RESOURCE) {
            page.paragraph("An IamServiceAccount manages these roles already. There is nothing to hand over.");
            return;
        }
        ready(page, roles);
        switch (maker) {
            case EKSCTL -> EksctlHandOver.write(page, roles);
            case CLOUDFORMATION -> CloudFormationHandOver.write(page, roles);
            case TERRAFORM -> TerraformHandOver.write(page, roles);
            case ACK -> ControllerHandOver.ack(page, roles);
            case CROSSPLANE -> ControllerHandOver.crossplane(page, roles);
            case IAM_MANAGER -> ControllerHandOver.iamManager(page, roles);
            case IRSA_CONTROLLER -> ControllerHandOver.irsaController(page, roles);
            case KOPS -> OtherHandOver.kops(page, roles);
            case HELM -> OtherHandOver.helm(page, roles);
            case UNKNOWN -> OtherHandOver.unknown(page, roles);
            case OPERATOR, OTHER_RESOURCE -> throw new IllegalStateException("an operator hands nothing over");
        }
    }

    private static String title(Maker maker) {
        return switch (maker) {
            case CLOUDFORMATION -> "CloudFormation or the AWS CDK";
            case UNKNOWN -> "Unknown maker, or created by hand";
            case HELM -> "Helm sets the annotation";
            default -> maker.title();
        };
    }

    private static void ready(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                **Do this only when the operator manages the role.** The column READY must be `True`
                for each resource of this command. Otherwise, the role has two managers or none.""")
                .shell("kubectl get iamserviceaccount "
                        + ShellWord.option("--namespace", roles.getFirst().namespace())
                        + roles.stream()
                                .map(role -> " " + ShellWord.of(role.resource()))
                                .collect(Collectors.joining()));
    }
}
