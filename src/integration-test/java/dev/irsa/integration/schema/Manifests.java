package dev.irsa.integration.schema;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files below {@code manifests/}. */
public final class Manifests {
    private Manifests() {}

    static String text(String file) {
        try (var in = Manifests.class.getResourceAsStream("/manifests/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    public static IamServiceAccount read(String file) {
        return Serialization.unmarshal(text(file), IamServiceAccount.class);
    }
}
