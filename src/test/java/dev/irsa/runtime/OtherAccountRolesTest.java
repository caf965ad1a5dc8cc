package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What applies to the roles of every account. */
class OtherAccountRolesTest extends OtherAccountTestBase {
    @Test
    void templatesResolveInTheAccountOfTheRole() throws IOException {
        apply(
                Files.readString(Path.of("deploy/templates/s3-read.yaml")),
                ACCOUNT,
                ENTITLEMENT.replace(
                        "managedPolicies: [AmazonS3ReadOnlyAccess]",
                        "templates: [{name: s3-read, parameters: [{name: bucket, values: ['*']}]}]"),
                RESOURCE.replace(
                        "managed: [AmazonS3ReadOnlyAccess]",
                        "templates: [{name: s3-read, parameters: {bucket: reports-2026}}]"));
        awaitReason("Ready");

        assertThat(other().role(ROLE).orElseThrow().inline().get("s3-read"))
                .contains("\"aws:ResourceAccount\":\"" + ID + "\"");
    }

    @Test
    void sweepsKeepWhatRespondersAttached() {
        apply(ACCOUNT, ENTITLEMENT, RESOURCE);
        awaitReason("Ready");
        String denyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
        other().console().edit(ROLE, role -> role.withAttached(denyAll));

        await().untilAsserted(() -> assertThat(message())
                .contains("policies kept because they only deny")
                .contains(denyAll));
        assertThat(reason()).isEqualTo("Ready");
        assertThat(other().role(ROLE).orElseThrow().attached()).contains(denyAll);
    }
}
