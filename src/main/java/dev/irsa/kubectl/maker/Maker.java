package dev.irsa.kubectl.maker;

/** The tools that create roles for ServiceAccounts. */
public enum Maker {
    /** This operator, for the resource that names the ServiceAccount. */
    OPERATOR("irsa-operator", "irsa-operator"),
    /** An operator of this kind, for another resource of this cluster or of another one. */
    OTHER_RESOURCE("other-iamserviceaccount", "other IamServiceAccount"),
    EKSCTL("eksctl", "eksctl"),
    /** A stack. The role does not show whether the AWS CDK wrote its template. */
    CLOUDFORMATION("cloudformation", "CloudFormation/CDK"),
    /** The IAM controller of AWS Controllers for Kubernetes. */
    ACK("ack", "ACK"),
    CROSSPLANE("crossplane", "Crossplane"),
    /** iam-manager of the Keiko project. */
    IAM_MANAGER("iam-manager", "Keiko iam-manager"),
    /** irsa-controller of domechn. */
    IRSA_CONTROLLER("irsa-controller", "domechn irsa-controller"),
    KOPS("kops", "kops"),
    TERRAFORM("terraform", "Terraform"),
    /** Helm sets the annotation. Another tool or a user created the role. */
    HELM("helm", "Helm"),
    UNKNOWN("unknown", "unknown");

    private final String id;
    private final String title;

    Maker(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** Returns the name for programs, which never changes. */
    public String id() {
        return id;
    }

    /** Returns the name for people. */
    public String title() {
        return title;
    }
}
