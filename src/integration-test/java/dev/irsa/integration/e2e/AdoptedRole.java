package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role of another tool that the operator adopts, with the ServiceAccount that uses it.
 *
 * @param cluster the name of the cluster of the operator
 * @param resource has the name of the ServiceAccount
 * @param before the role when the other tool had created it
 * @param limits its session duration and its boundary then
 * @param documents its inline policies then, by name
 * @param account what clients read of the ServiceAccount then: annotations and UID
 */
record AdoptedRole(
        TestEnvironment env,
        String cluster,
        AppliedResource resource,
        String name,
        RoleSnapshot before,
        String limits,
        Map<String, String> documents,
        String account) {
    private static final String OFFER = "irsa.dev/adoptable-by";

    /** Returns the role that the annotation of the ServiceAccount names. */
    static AdoptedRole of(TestEnvironment env, String cluster, String namespace, String serviceAccount) {
        String arn = env.annotation(namespace, serviceAccount, Subject.ROLE_ARN);
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return new AdoptedRole(
                env,
                cluster,
                new AppliedResource(env, namespace, serviceAccount),
                name,
                RoleSnapshot.of(env, name),
                limits(env.role(name)),
                documents(env, name),
                account(env, namespace, serviceAccount));
    }

    String arn() {
        return "arn:aws:iam::123456789012:role/" + name;
    }

    /** Applies a suspended resource with the policies of the role, and with more fields of {@code spec.role}. */
    void apply(Map<String, String> more) {
        String role = more.entrySet().stream()
                .map(field -> ", " + field.getKey() + ": \"" + field.getValue() + "\"")
                .collect(Collectors.joining());
        String managed = before.attached().stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
        String inline = documents.entrySet().stream()
                .map(policy -> "{name: \"" + policy.getKey() + "\", document: " + policy.getValue() + "}")
                .collect(Collectors.joining(", ", "[", "]"));
        resource.spec("""
                {suspend: true, deletionPolicy: Retain, role: {name: %s, path: /, adoption: IfOffered%s},
                  policies: {managed: %s, inline: %s}}""".formatted(name, role, managed, inline));
    }

    /** Offers the role to the resource, as an administrator of the account. */
    private void offer() {
        ConsoleUser.tag(env, name, OFFER, cluster + "/" + resource.namespace() + "/" + resource.name());
    }

    /** Offers the role to the resource, resumes it, and waits for the adoption. */
    void adopt() {
        offer();
        resource.awaitReason("Suspended");
        resource.patch("{\"spec\":{\"suspend\":false}}");
        assertAdoptedUnchanged();
    }

    /** Waits until the operator owns the role, and compares everything but its own tags. */
    void assertAdoptedUnchanged() {
        resource.awaitReady();
        resource.await("owns the role").until(() -> env.tags(name).containsKey("irsa.dev/resource"));
        RoleSnapshot after = RoleSnapshot.of(env, name);
        assertThat(after).usingRecursiveComparison().ignoringFields("tags").isEqualTo(before);
        assertThat(after.tags()).containsAllEntriesOf(before.tags()).containsEntry("irsa.dev/adopted", "true");
        assertThat(limits(env.role(name))).isEqualTo(limits);
        assertThat(documents(env, name)).isEqualTo(documents);
        assertAnnotated();
        assertThat(writes()).allMatch(call -> call.equals("TagRole") || call.equals("UntagRole"));
    }

    /** Asserts that the role is as the other tool had created it. */
    void assertReleased() {
        assertThat(RoleSnapshot.of(env, name)).isEqualTo(before);
    }

    /** Asserts that the ServiceAccount is the same one with the same annotations. */
    void assertAnnotated() {
        assertThat(account(env, resource.namespace(), resource.name())).isEqualTo(account);
    }

    /** Returns what the operator changed in the role. IAM rejects each request that contains a tag of AWS. */
    private List<String> writes() {
        assertThat(env.proxy().calls().all())
                .noneMatch(call -> call.action().endsWith("agRole")
                        && call.parameters().values().stream().anyMatch(value -> value.startsWith("aws:")));
        return env.proxy().calls().actionsOn(name).stream()
                .filter(action -> !action.startsWith("Get") && !action.startsWith("List"))
                .toList();
    }

    private static String limits(Role role) {
        return role.maxSessionDuration() + " " + role.permissionsBoundary();
    }

    private static Map<String, String> documents(TestEnvironment env, String role) {
        return env.inline(role).stream()
                .collect(Collectors.toMap(
                        policy -> policy,
                        policy -> URLDecoder.decode(
                                env.iam()
                                        .getRolePolicy(request ->
                                                request.roleName(role).policyName(policy))
                                        .policyDocument(),
                                StandardCharsets.UTF_8)));
    }

    private static String account(TestEnvironment env, String namespace, String name) {
        return env.field(namespace, "sa/" + name, "{.metadata.uid} {.metadata.annotations}");
    }
}
