package dev.irsa.integration.e2e;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The permissions that a command of {@code kubectl irsa} needs. docs/kubectl-irsa/permissions.md documents the same.
 *
 * @param namespace of the resources
 * @param arguments of the command, without the namespace
 * @param required without one of them, the command fails
 * @param optional without one of them, the result is incomplete and the command reports which permission is missing
 * @param unnoticed without one of them, the result is the same unless something is wrong that only they reveal
 * @param actions that the command calls in AWS
 */
record PluginPermissions(
        String namespace,
        List<String> arguments,
        List<Grant> required,
        List<Grant> optional,
        List<Grant> unnoticed,
        Set<String> actions) {
    private static final String OPERATOR = "irsa-operator";
    private static final String SYSTEM = "kube-system";
    private static final String GROUP = "irsa.dev";

    private static final Set<String> READ_ROLE =
            Set.of("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:GetRolePolicy");
    private static final Set<String> FIND_PROVIDER = Set.of("sts:GetCallerIdentity", "iam:GetOpenIDConnectProvider");
    private static final Set<String> DETAILS = Set.of("iam:GetAccountAuthorizationDetails");
    private static final String ASSOCIATIONS = "eks:ListPodIdentityAssociations";

    private static final Grant ACCOUNTS = cluster(GROUP, "list", "iamaccounts", "");

    PluginPermissions {
        arguments = List.copyOf(arguments);
        required = List.copyOf(required);
        optional = List.copyOf(optional);
        unnoticed = List.copyOf(unnoticed);
        actions = Set.copyOf(actions);
    }

    /** The list of a namespace. */
    static PluginPermissions get(String namespace) {
        return new PluginPermissions(
                namespace,
                List.of("get"),
                List.of(core(namespace, "list", "serviceaccounts")),
                List.of(resources(namespace), core(namespace, "list", "pods"), settings()),
                List.of(),
                Set.of("sts:GetCallerIdentity", ASSOCIATIONS, "iam:GetRole"));
    }

    /** The list of a namespace with the last use of each role. */
    static PluginPermissions getWide(String namespace) {
        PluginPermissions get = get(namespace);
        return new PluginPermissions(
                namespace,
                List.of("get", "-o", "wide"),
                get.required(),
                get.optional(),
                get.unnoticed(),
                union(Set.of("sts:GetCallerIdentity", ASSOCIATIONS), DETAILS));
    }

    /** The orphaned roles of a namespace. */
    static PluginPermissions getOrphaned(String namespace) {
        return new PluginPermissions(
                namespace,
                List.of("get", "--orphaned"),
                List.of(settings(), resources(namespace), cluster(GROUP, "list", "iamaccounts", "")),
                List.of(),
                List.of(),
                union(DETAILS, Set.of("sts:GetCallerIdentity")));
    }

    /** One ServiceAccount. */
    static PluginPermissions getByName(String namespace, String name) {
        return new PluginPermissions(
                namespace,
                List.of("get", name),
                List.of(core(namespace, "get", "serviceaccounts")),
                List.of(resources(namespace), core(namespace, "list", "pods"), settings()),
                List.of(),
                Set.of("sts:GetCallerIdentity", ASSOCIATIONS));
    }

    /** The plan for the resources in the cluster. */
    static PluginPermissions plan(String namespace) {
        return new PluginPermissions(
                namespace,
                List.of("plan"),
                List.of(settings(), resources(namespace), core(namespace, "get", "serviceaccounts")),
                List.of(cluster(GROUP, "list", "iamentitlements", ""), namespace(namespace)),
                List.of(),
                union(READ_ROLE, FIND_PROVIDER));
    }

    /** The plan of a deletion. */
    static PluginPermissions planDeletion(String namespace) {
        return new PluginPermissions(
                namespace,
                List.of("plan", "--delete"),
                List.of(settings(), resources(namespace), core(namespace, "get", "serviceaccounts")),
                List.of(),
                List.of(cluster(
                        "apiextensions.k8s.io", "get", "customresourcedefinitions", "iamserviceaccounts.irsa.dev")),
                union(union(READ_ROLE, FIND_PROVIDER), Set.of("iam:ListInstanceProfilesForRole")));
    }

    /** The import of the roles of a namespace. */
    static PluginPermissions importRoles(String namespace) {
        return new PluginPermissions(
                namespace,
                List.of("import"),
                List.of(settings(), resources(namespace), core(namespace, "list", "serviceaccounts")),
                List.of(cluster(GROUP, "list", "iamentitlements", ""), namespace(namespace)),
                List.of(),
                union(FIND_PROVIDER, Set.of("iam:GetAccountAuthorizationDetails", "iam:ListRoles", ASSOCIATIONS)));
    }

    /** The diagnosis of a ServiceAccount. */
    static PluginPermissions doctor(String namespace, String name) {
        return new PluginPermissions(
                namespace,
                List.of("doctor", "sa/" + name),
                List.of(),
                List.of(resources(namespace), core(namespace, "get", "serviceaccounts"), webhook()),
                List.of(settings(), core(namespace, "list", "serviceaccounts"), namespace(namespace), agent()),
                union(FIND_PROVIDER, Set.of("iam:GetRole", ASSOCIATIONS)));
    }

    /** The diagnosis of a pod that the webhook has changed, with a proof and a simulation. */
    static PluginPermissions doctorOfPod(String namespace, String pod) {
        return new PluginPermissions(
                namespace,
                List.of("doctor", pod, "--prove", "--can", "s3:GetObject"),
                List.of(core(namespace, "get", "pods")),
                List.of(
                        resources(namespace),
                        core(namespace, "get", "serviceaccounts"),
                        core(namespace, "create", "serviceaccounts/token")),
                List.of(
                        settings(),
                        core(namespace, "list", "serviceaccounts"),
                        webhook(),
                        namespace(namespace),
                        agent(),
                        core(SYSTEM, "list", "pods"),
                        cluster("", "get", "nodes", "")),
                union(
                        FIND_PROVIDER,
                        Set.of(
                                "iam:GetRole",
                                ASSOCIATIONS,
                                "iam:SimulatePrincipalPolicy",
                                "sts:AssumeRoleWithWebIdentity")));
    }

    /** The explanation of a resource. */
    static PluginPermissions explain(String namespace, String name) {
        PluginPermissions plan = plan(namespace);
        return new PluginPermissions(
                namespace,
                List.of("explain", name),
                List.of(resources(namespace)),
                List.of(
                        settings(),
                        core(namespace, "get", "serviceaccounts"),
                        cluster(GROUP, "list", "iamentitlements", ""),
                        namespace(namespace),
                        webhook()),
                List.of(core(namespace, "list", "serviceaccounts"), agent()),
                union(plan.actions(), Set.of(ASSOCIATIONS)));
    }

    /** The ServiceAccounts that may do something. */
    static PluginPermissions whoCan(String namespace) {
        return access(
                namespace,
                List.of("who-can", "sqs:SendMessage", "*", "--prove"),
                "list",
                Set.of("iam:SimulatePrincipalPolicy"));
    }

    /** What a ServiceAccount may do. */
    static PluginPermissions whatCan(String namespace, String name) {
        return access(namespace, List.of("what-can", name), "get", Set.of());
    }

    /** The report on all of that. */
    static PluginPermissions report(String namespace) {
        return access(namespace, List.of("report", "--output=json"), "list", Set.of());
    }

    /** What the roles of a namespace have not used. */
    static PluginPermissions unused(String namespace) {
        return access(
                namespace,
                List.of("unused", "--period=0d"),
                "list",
                Set.of("iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"));
    }

    /** The commands that read the roles of all accounts. */
    private static PluginPermissions access(
            String namespace, List<String> arguments, String verb, Set<String> moreActions) {
        return new PluginPermissions(
                namespace,
                arguments,
                List.of(core(namespace, verb, "serviceaccounts")),
                List.of(resources(namespace), settings(), ACCOUNTS),
                List.of(),
                union(
                        union(FIND_PROVIDER, moreActions),
                        Set.of(
                                ASSOCIATIONS,
                                "iam:GetAccountAuthorizationDetails",
                                "iam:GetPolicy",
                                "iam:GetPolicyVersion")));
    }

    /** Returns the exit code without one of the permissions. */
    int exitCodeWithout(Grant missing) {
        boolean isReport = arguments.getFirst().equals("report");
        boolean answersQuestion = isReport || arguments.getFirst().endsWith("-can");
        // A list of who has access must not be taken for complete if it is not, and a report has flags about
        // IamServiceAccounts.
        boolean isIncomplete = (missing.equals(ACCOUNTS) && actions.contains("iam:GetAccountAuthorizationDetails"))
                || (isReport && missing.equals(resources(namespace)));
        return required.contains(missing) || isIncomplete ? answersQuestion ? 2 : 1 : 0;
    }

    /** Adds what the command needs for resources that use policy templates. */
    PluginPermissions withTemplates() {
        List<Grant> more = Stream.concat(optional.stream(), Stream.of(cluster(GROUP, "list", "iampolicytemplates", "")))
                .toList();
        return new PluginPermissions(namespace, arguments, required, more, unnoticed, actions);
    }

    /** Adds what the command needs for roles in other AWS accounts. */
    PluginPermissions withAccounts() {
        List<Grant> more = Stream.concat(optional.stream(), Stream.of(ACCOUNTS)).toList();
        return new PluginPermissions(namespace, arguments, required, more, unnoticed, actions);
    }

    /** Returns all permissions in Kubernetes. */
    List<Grant> grants() {
        return Stream.of(required, optional, unnoticed).flatMap(List::stream).toList();
    }

    @Override
    public String toString() {
        return String.join(" ", arguments) + " in " + namespace;
    }

    private static Grant settings() {
        return new Grant(OPERATOR, "get", "", "configmaps", "irsa-operator-info");
    }

    private static Grant resources(String namespace) {
        return new Grant(namespace, "list", GROUP, "iamserviceaccounts", "");
    }

    private static Grant namespace(String namespace) {
        return new Grant(namespace, "get", "", "namespaces", namespace);
    }

    private static Grant webhook() {
        return cluster("admissionregistration.k8s.io", "get", "mutatingwebhookconfigurations", "pod-identity-webhook");
    }

    private static Grant agent() {
        return new Grant(SYSTEM, "get", "apps", "daemonsets", "eks-pod-identity-agent");
    }

    private static Grant core(String namespace, String verb, String resource) {
        return new Grant(namespace, verb, "", resource, "");
    }

    private static Grant cluster(String group, String verb, String resource, String name) {
        return new Grant("", verb, group, resource, name);
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }
}
