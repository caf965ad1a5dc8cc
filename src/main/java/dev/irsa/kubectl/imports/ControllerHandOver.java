package dev.irsa.kubectl.imports;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the controllers of other projects release a role: their object is deleted, and the role stays. */
final class ControllerHandOver {
    private static final String ACK_ROLES = "roles.iam.services.k8s.aws";
    private static final String IAM_ROLES = "iamroles.iammanager.keikoproj.io";
    private static final String IRSA_ACCOUNTS = "iamroleserviceaccounts.irsa.domc.me";
    private static final String WITHOUT_FINALIZERS = " --type=merge --patch='{\"metadata\":{\"finalizers\":null}}'";
    private static final String FOUND = " --namespace \"$namespace\" \"$name\"";

    private static final Pattern CROSSPLANE_KIND = Pattern.compile("role\\.(iam\\.aws\\.[a-z0-9.-]+)");

    private ControllerHandOver() {}

    static void ack(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                While its object exists, the IAM controller of ACK restores the trust policy, the
                policies, and the tags of the role. Deleting the object deletes the role, unless its
                deletion policy is `retain`. If Git or Helm manages the object, make these changes
                there. Policies that the role references are objects of the kind `Policy`. ACK may
                keep managing them, because the operator only attaches them.""");
        for (HandedOverRole role : roles) {
            find(page, role, ACK_ROLES, ".spec.name == $role")
                    .paragraph("2. Retain the role. Check that the output is `retain`:")
                    .shell(
                            "kubectl annotate " + ACK_ROLES + FOUND
                                    + " --overwrite services.k8s.aws/deletion-policy=retain",
                            "kubectl get " + ACK_ROLES + FOUND
                                    + " --output "
                                    + "jsonpath='{.metadata.annotations.services\\.k8s\\.aws/deletion-policy}'")
                    .paragraph("3. Delete the object:")
                    .shell("kubectl delete " + ACK_ROLES + FOUND);
            RoleCheck.write(page, 4, role);
        }
        WayBack.write(
                page,
                roles,
                "ACK can then adopt the role. Apply the object with the annotations "
                        + "`services.k8s.aws/adoption-policy: adopt-or-create` and `services.k8s.aws/adoption-fields: "
                        + "'{\"name\": \"ROLE\"}'`.");
    }

    static void crossplane(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                While its objects exist, Crossplane restores the role. Deleting an object deletes what
                it stands for, unless `managementPolicies` omits `Delete`. A retained role whose
                `RolePolicyAttachment` is deleted loses its permissions. Therefore, the steps cover
                the attachments and inline policies too. With the policy `Observe`, Crossplane neither
                changes nor deletes them. If a composition creates the objects, make these changes in
                the composition.""");
        roles.forEach(role -> crossplane(page, role));
        WayBack.write(
                page,
                roles,
                "Crossplane can then manage the role again. Apply the objects with the annotation "
                        + "`crossplane.io/external-name`, whose value is the name of the role.");
    }

    private static void crossplane(Markdown page, HandedOverRole role) {
        Matcher kind = CROSSPLANE_KIND.matcher(role.tag("crossplane-kind"));
        String group = kind.matches() ? kind.group(1) : "iam.aws.upbound.io";
        String each = "while read -r kind name namespace; do\n  kubectl %s \"$kind." + group
                + "\" \"$name\" ${namespace:+--namespace=\"$namespace\"}%s\ndone < objects.txt";
        heading(page, role)
                .paragraph("1. List the objects of the role. Check that they are the role, its attachments, and its "
                        + "inline policies:")
                .shell(
                        "kubectl get roles." + group + ",rolepolicies." + group + ",rolepolicyattachments." + group
                                + " --all-namespaces --output json \\\n  | jq -r "
                                + "--arg role " + ShellWord.of(role.roleName()) + " '.items[]"
                                + " | select(.metadata.annotations[\"crossplane.io/external-name\"] == $role"
                                + " or .spec.forProvider.role == $role)\n"
                                + "      | \"\\(.kind | ascii_downcase) \\(.metadata.name) \\(.metadata.namespace "
                                + "// \"\")\"'"
                                + " > objects.txt",
                        "cat objects.txt")
                .paragraph("2. Stop Crossplane from changing and deleting them:")
                .shell(each.formatted(
                        "patch", " --type=merge " + "--patch='{\"spec\":{\"managementPolicies\":[\"Observe\"]}}'"))
                .paragraph("3. Delete the objects:")
                .shell(each.formatted("delete", ""));
        RoleCheck.write(page, 4, role);
    }

    static void iamManager(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                Deleting an `Iamrole` makes iam-manager delete the role. Stop iam-manager first, by
                scaling its Deployment to zero. Its roles are not repaired meanwhile. Remove the
                finalizer `iamrole.finalizers.iammanager.keikoproj.io`, delete the object, and start
                iam-manager again. It does not read roles that have no `Iamrole`.""");
        for (HandedOverRole role : roles) {
            find(page, role, IAM_ROLES, ".status.roleName == $role")
                    .paragraph("2. Release the role, while iam-manager is stopped:")
                    .shell(
                            "kubectl patch " + IAM_ROLES + FOUND + WITHOUT_FINALIZERS,
                            "kubectl delete " + IAM_ROLES + FOUND);
            RoleCheck.write(page, 3, role);
        }
        WayBack.write(
                page,
                roles,
                "iam-manager takes over a role of the name that it would choose. Apply the " + "`Iamrole` again.");
    }

    static void irsaController(Markdown page, List<HandedOverRole> roles) {
        page.paragraph("""
                Deleting an `IamRoleServiceAccount` makes irsa-controller delete the role and the
                ServiceAccount. Stop irsa-controller first, by scaling its Deployment to zero. Remove
                its finalizer `iamRole.finalizer.irsa.domc.me`, and delete the object with
                `--cascade=orphan`. Without this option, Kubernetes deletes the ServiceAccount, which
                the object owns. Then start irsa-controller again.""");
        for (HandedOverRole role : roles) {
            String object = IRSA_ACCOUNTS + " " + ShellWord.option("--namespace", role.namespace()) + " "
                    + ShellWord.of(role.serviceAccount());
            heading(page, role)
                    .paragraph("1. Release the role and the ServiceAccount, while irsa-controller is stopped:")
                    .shell(
                            "kubectl patch " + object + WITHOUT_FINALIZERS,
                            "kubectl delete " + object + " --cascade=orphan",
                            "kubectl get serviceaccount " + ShellWord.option("--namespace", role.namespace()) + " "
                                    + ShellWord.of(role.serviceAccount()));
            RoleCheck.write(page, 2, role);
        }
        WayBack.write(
                page,
                roles,
                "irsa-controller can use an existing role that `spec.roleName` names. It never deletes that role.");
    }

    private static Markdown heading(Markdown page, HandedOverRole role) {
        return page.heading(4, "Role of ServiceAccount " + role.serviceAccount());
    }

    /** Writes the commands that set the variables {@code namespace} and {@code name} to the object of a role. */
    private static Markdown find(Markdown page, HandedOverRole role, String resources, String condition) {
        return heading(page, role)
                .paragraph("1. Find the object of the role. Continue only if the output names exactly one:")
                .shell(
                        "kubectl get " + resources + " --all-namespaces --output json \\\n  | jq -r "
                                + "--arg role " + ShellWord.of(role.roleName()) + " '.items[] | select(" + condition
                                + ") | \"\\(.metadata.namespace) \\(.metadata.name)\"' | tee object.txt",
                        "read -r namespace name < object.txt");
    }
}
