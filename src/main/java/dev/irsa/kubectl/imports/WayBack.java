package dev.irsa.kubectl.imports;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.UserTags;
import java.util.List;

/** How the operator releases roles, so that the former tool can manage them again. */
final class WayBack {
    private static final String PATCH =
            "{\"spec\":{\"deletionPolicy\":\"Retain\",\"serviceAccount\":{\"management\":\"Ignore\"}}}";

    private WayBack() {}

    /**
     * Writes the steps.
     *
     * @param further what the former tool does then
     */
    static void write(Markdown page, List<HandedOverRole> roles, String further) {
        page.heading(4, "Way back").paragraph("""
                        The operator releases a role when its resource is deleted with
                        `Retain`. With `management: Ignore`, the annotation of the
                        ServiceAccount stays, so new pods keep the role. If Git manages the
                        resource, make both changes there. The last command removes the tags
                        that the operator leaves on the role.""");
        for (HandedOverRole role : roles) {
            String resource = ShellWord.option("--namespace", role.namespace()) + " " + ShellWord.of(role.resource());
            page.shell(
                    "kubectl patch iamserviceaccount " + resource + " --type=merge --patch=" + ShellWord.of(PATCH),
                    "kubectl delete iamserviceaccount " + resource,
                    "aws iam untag-role " + ShellWord.option("--role-name", role.roleName()) + " --tag-keys "
                            + OwnershipTags.ADOPTABLE_BY + " " + UserTags.KEY);
        }
        page.paragraph(further);
    }
}
