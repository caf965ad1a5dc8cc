package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** {@code import --status}. */
class ImportStatusTest extends OtherAccountsTestBase {
    private Path imported = Path.of("");

    @BeforeEach
    void importRoles() {
        for (String name : List.of("cart", "mail", "web")) {
            world.role(world.home, name);
        }
        imported = folder.resolve("imported");
        assertThat(world.run(new ImportCommand(), "--output-dir=" + imported)).isZero();
    }

    @Test
    void showsEachStateOfAFolder() {
        own("cart");
        offer("mail");
        world.home.updateAssumeRolePolicy(request -> request.roleName("web").policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Service": "ec2.amazonaws.com"}}]}"""));
        world.home.calls().reset();
        world.server.requests().clear();

        assertThat(status("--from=" + imported)).isEqualTo(1);

        assertThat(world.out.toString())
                .containsPattern("shop +cart +arn:aws:iam::111122223333:role/cart +adopted\n")
                .containsPattern("shop +mail +arn:\\S+mail +offered\n")
                .containsPattern("shop +web +arn:\\S+web +refused\n")
                .contains("shop/web\n  the trust policy does not admit the ServiceAccount")
                .endsWith("Adoption: 1 adopted, 1 offered, 0 imported, 1 refused.\n");
        assertThat(world.home.calls().counts())
                .containsOnlyKeys("GetAccountAuthorizationDetails", "ListRoles", "GetOpenIDConnectProvider");
        assertThat(world.server.requests().of("get", "serviceaccounts")).isZero();
        assertThat(world.home.calls().writes()).isZero();
    }

    @Test
    void readsTheResourcesOfTheCluster() {
        assertThat(status()).isEqualTo(1);
        assertThat(world.err.toString())
                .endsWith("No IamServiceAccount adopts a role; use -A for all namespaces, or --from"
                        + " for a folder.\n");
        for (String name : List.of("cart", "mail")) {
            world.create("""
                    apiVersion: irsa.dev/v1beta1
                    kind: IamServiceAccount
                    metadata: {namespace: shop, name: %1$s}
                    spec: {suspend: true, deletionPolicy: Retain, role: {name: %1$s, path: /, adoption: IfOffered}}
                    """.formatted(name));
        }

        assertThat(status("-A", "-o", "json")).isEqualTo(1);

        assertThat(world.out.toString()).isEqualTo("""
                {"resources":[\
                {"namespace":"shop","name":"cart","roleArn":"arn:aws:iam::111122223333:role/cart","state":"imported","reason":""},\
                {"namespace":"shop","name":"mail","roleArn":"arn:aws:iam::111122223333:role/mail","state":"imported","reason":""}],\
                "summary":{"adopted":0,"imported":2,"offered":0,"refused":0}}
                """);
        own("cart");
        own("mail");
        assertThat(status()).isZero();
    }

    @Test
    void distinguishesWhatCouldNotBeRead() throws IOException {
        world.create(TwoAccounts.ACCOUNT);
        world.configure(TwoAccounts.ANALYTICS);
        world.role(world.other, "reports");
        Path both = folder.resolve("both");
        assertThat(world.run(new ImportCommand(), "--output-dir=" + both)).isZero();
        world.configure("");

        assertThat(status("--from=" + both)).isEqualTo(2);
        assertThat(world.err.toString()).contains("error: account 444455556666 cannot be read");
        assertThat(world.out.toString()).containsPattern("reports +arn:aws:iam::444455556666:role/reports +refused");

        denyIamAccounts();
        assertThat(status("--from=" + both)).isEqualTo(2);
        world.home.faults().deny("ListRoles");
        assertThat(status("--from=" + imported)).isEqualTo(2);
        assertThat(status("--no-aws")).isEqualTo(2);
    }

    private int status(String... more) {
        return world.run(
                new ImportCommand(),
                Stream.concat(Stream.of("--status"), Stream.of(more)).toArray(String[]::new));
    }

    private void own(String name) {
        world.home.tagRole(request -> request.roleName(name)
                .tags(TwoAccounts.cluster().owner("shop", name).tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }

    private void offer(String name) {
        world.home.tagRole(request -> request.roleName(name)
                .tags(Tag.builder()
                        .key("irsa.dev/adoptable-by")
                        .value("prod/shop/" + name)
                        .build()));
    }
}
