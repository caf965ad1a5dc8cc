package dev.irsa.integration.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the files of projected volumes: ServiceAccount tokens, the certificate authority, and the namespace.
 *
 * @param folder for the files
 */
record ProjectedVolumes(Pod pod, KubernetesClient client, Path folder) {
    /** Returns the folder for each mount point of a container. */
    Map<String, Path> write(Container container) {
        Map<String, Path> mounts = new LinkedHashMap<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getProjected() == null) {
                continue;
            }
            Path files = write(volume.getName(), volume.getProjected().getSources());
            container.getVolumeMounts().stream()
                    .filter(mount -> mount.getName().equals(volume.getName()))
                    .map(VolumeMount::getMountPath)
                    .forEach(point -> mounts.put(point, files));
        }
        return mounts;
    }

    private Path write(String name, List<VolumeProjection> sources) {
        try {
            Path files = Files.createDirectory(folder.resolve(name));
            for (VolumeProjection source : sources) {
                for (var file : contents(source).entrySet()) {
                    Files.writeString(files.resolve(file.getKey()), file.getValue());
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the volume " + name, e);
        }
    }

    private Map<String, String> contents(VolumeProjection source) {
        Map<String, String> contents = new LinkedHashMap<>();
        if (source.getServiceAccountToken() != null) {
            contents.put(
                    source.getServiceAccountToken().getPath(),
                    MountedToken.request(client, pod, source.getServiceAccountToken()));
        }
        if (source.getConfigMap() != null) {
            contents.putAll(configMap(source.getConfigMap()));
        }
        if (source.getDownwardAPI() != null) {
            contents.putAll(downwardApi(source.getDownwardAPI()));
        }
        return contents;
    }

    private Map<String, String> configMap(ConfigMapProjection wanted) {
        var data = client.configMaps()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(wanted.getName())
                .require()
                .getData();
        Map<String, String> contents = new LinkedHashMap<>();
        wanted.getItems().forEach(item -> contents.put(item.getPath(), data.get(item.getKey())));
        return contents;
    }

    private Map<String, String> downwardApi(DownwardAPIProjection wanted) {
        Map<String, String> contents = new LinkedHashMap<>();
        wanted.getItems()
                .forEach(item -> contents.put(
                        item.getPath(),
                        DownwardApi.field(pod, item.getFieldRef().getFieldPath())));
        return contents;
    }
}
