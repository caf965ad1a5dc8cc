package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command lines of a control plane.
 *
 * @param folder for all files
 * @param etcdPort the port of etcd
 * @param apiServerPort the port of kube-apiserver
 * @param key signs ServiceAccount tokens
 */
record ControlPlanePrograms(Path folder, int etcdPort, int apiServerPort, SigningKey key) {
    static ControlPlanePrograms in(Path folder) throws IOException {
        return new ControlPlanePrograms(
                folder, Processes.freePort(), Processes.freePort(), SigningKey.generate(folder));
    }

    /** Returns those of another API server on the same data, with another key. */
    ControlPlanePrograms onOtherPort(Path otherFolder) throws IOException {
        return new ControlPlanePrograms(otherFolder, etcdPort, Processes.freePort(), SigningKey.generate(otherFolder));
    }

    URI etcdAddress() {
        return URI.create("http://127.0.0.1:" + etcdPort);
    }

    Program etcd() {
        var clients = etcdAddress();
        var peers = "http://127.0.0.1:" + Processes.freePort();
        return program(
                "etcd",
                Stream.of(
                        "--data-dir=" + etcdData(),
                        "--unsafe-no-fsync",
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers));
    }

    Program apiServer(ControlPlaneSettings settings) throws IOException {
        var tokens = Files.writeString(
                folder.resolve("tokens.csv"),
                settings.users().stream().map(ControlPlaneSettings.User::line).collect(Collectors.joining()));
        var flags = Stream.of(
                "--etcd-servers=" + etcdAddress(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + apiServerPort,
                "--cert-dir=" + certificate().getParent(),
                "--service-account-issuer=" + settings.issuer(),
                "--service-account-key-file=" + key.publicKey(),
                "--service-account-signing-key-file=" + key.privateKey(),
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--allow-privileged",
                "--endpoint-reconciler-type=none");
        return program("kube-apiserver", Stream.concat(flags, settings.apiServerFlags().stream()));
    }

    Program controllerManager(Path kubeconfig, ControlPlaneSettings settings) {
        var controllers = Stream.of(
                "serviceaccount-controller",
                "serviceaccount-token-controller",
                "garbage-collector-controller",
                "clusterrole-aggregation-controller",
                "namespace-controller",
                "root-ca-certificate-publisher-controller");
        var all = Stream.concat(controllers, settings.controllers().stream());
        return program(
                "kube-controller-manager",
                Stream.of(
                        "--kubeconfig=" + kubeconfig,
                        "--controllers=" + all.collect(Collectors.joining(",")),
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--use-service-account-credentials=false",
                        "--service-account-private-key-file=" + key.privateKey(),
                        "--root-ca-file=" + certificate()));
    }

    /** The certificate that the API server creates at its first start, together with its authority. */
    Path certificate() {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }

    Path certificateKey() {
        return folder.resolve("certificates").resolve("apiserver.key");
    }

    Path etcdData() {
        return folder.resolve("etcd");
    }

    /** Deletes the data of etcd, which includes a write-ahead log of 64 MB. The logs stay. */
    void deleteEtcdData() {
        if (!Files.exists(etcdData())) {
            return;
        }
        try (var files = Files.walk(etcdData())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the data of etcd", e);
        }
    }

    private Program program(String name, Stream<String> flags) {
        var path = TestMachine.binaries().resolve(name).toString();
        return new Program(name, Stream.concat(Stream.of(path), flags).toList(), folder);
    }
}
