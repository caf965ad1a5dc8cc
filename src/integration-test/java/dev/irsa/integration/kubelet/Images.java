package dev.irsa.integration.kubelet;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.util.List;
import java.util.Map;

/**
 * The entrypoints of images.
 *
 * @param entrypoints by the tag of the image; if empty, all images have the jar that Maven built
 */
public record Images(Map<String, List<String>> entrypoints) {
    public static final Images BUILT = new Images(Map.of());

    public Images {
        entrypoints = Map.copyOf(entrypoints);
    }

    /** Returns the entrypoint of an image, such as {@code registry.example.com/irsa-operator:1.2.3}. */
    List<String> entrypoint(String image) {
        if (entrypoints.isEmpty()) {
            return OperatorLaunch.builtEntrypoint();
        }
        List<String> entrypoint = entrypoints.get(image.substring(image.lastIndexOf(':') + 1));
        if (entrypoint == null) {
            throw new IllegalArgumentException("there is no image " + image);
        }
        return entrypoint;
    }
}
