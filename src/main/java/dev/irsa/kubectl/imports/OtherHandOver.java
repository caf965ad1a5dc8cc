package dev.irsa.kubectl.imports;

import java.util.List;
import java.util.stream.Stream;

/** The hand-over of roles whose tool has no steps of its own for it, or is not known. */
final class OtherHandOver {
    private static final String KOPS_CLUSTER = "KubernetesCluster";

    private OtherHandOver() {}

    static void kops(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                kops has no command to release a role. It finds the roles of a cluster by their tags,
                and `kops delete cluster` deletes them. Remove the tags, and remove the ServiceAccount
                from `spec.iam.serviceAccountExternalPermissions` of the cluster. Without `--yes`,
                `kops update cluster` only shows the changes. Continue only if it deletes no role.""");
        for (HandedOverRole role : roles) {
            String keys = Stream.of(KOPS_CLUSTER, "kubernetes.io/cluster/" + role.tag(KOPS_CLUSTER))
                    .map(ShellWord::of)
                    .reduce((one, other) -> one + " " + other)
                    .orElseThrow();
            page.heading(4, "Role of ServiceAccount " + role.serviceAccount())
                    .paragraph("1. Remove the tags, and show the changes that kops would make:")
                    .shell(
                            "aws iam untag-role " + ShellWord.option("--role-name", role.roleName()) + " --tag-keys "
                                    + keys,
                            "kops update cluster " + ShellWord.option("--name", role.tag(KOPS_CLUSTER)));
            RoleCheck.write(page, 2, role);
        }
        WayBack.write(
                page,
                roles,
                "kops creates a role under a name of its own: `<ServiceAccount>.<namespace>.sa.<cluster>`. Add the "
                        + "ServiceAccount to the cluster again, and the two tags to the role.");
    }

    static void helm(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                Helm sets the annotation `eks.amazonaws.com/role-arn` of the ServiceAccount. The role
                does not show which tool created it. If a tool created it, stop that tool from
                managing the role first.""").paragraph("""
                Keep the ARN in the values of the release, because it does not change. If a release
                sets another value, the operator reports `ServiceAccountConflict`, and does not change
                the annotation. To change the role later, set `spec.serviceAccount.management:
                Ignore`, or remove the annotation from the chart.""");
        origin(page, roles);
        WayBack.write(page, roles, "Helm keeps setting the annotation. There is nothing else to do.");
    }

    static void unknown(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                The maker of these roles is unknown: neither the roles nor the ServiceAccounts have
                traces of a known tool. Terraform, for example, leaves none. If you created a role by
                hand, there is nothing to hand over. If a tool created it, that tool reverts the
                changes of the operator, or deletes the role. Stop it from managing the role first. If
                Terraform did, run the import again with `--from-terraform-state FILE`.""");
        origin(page, roles);
        WayBack.write(page, roles, "The role is then as before, and its ServiceAccount is still annotated with it.");
    }

    /** CloudTrail keeps events for 90 days, and those of IAM are in us-east-1. */
    private static void origin(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("For 90 days, CloudTrail shows who created or changed a role, and with which client. These "
                        + "commands read the events of the AWS partition `aws`, which are in us-east-1:")
                .shell(roles.stream()
                        .map(role -> "aws cloudtrail lookup-events --region us-east-1 --lookup-attributes "
                                + ShellWord.of("AttributeKey=ResourceName,AttributeValue=" + role.roleName())
                                + " \\\n  --query 'Events[].[EventTime, EventName, Username]' --output text")
                        .toList());
    }
}
