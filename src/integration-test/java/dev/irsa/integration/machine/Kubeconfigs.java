package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes kubeconfig files for one API server.
 *
 * @param folder for the files
 * @param server the API server
 * @param authority the certificate authority of the server
 */
record Kubeconfigs(Path folder, URI server, Path authority) {
    /** Writes a kubeconfig with this token. The same name replaces the file. */
    Path write(String name, String token) {
        try {
            return Files.writeString(
                    folder.resolve(name + ".kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters:
                    - name: machine
                      cluster: {server: "%s", certificate-authority: "%s"}
                    users:
                    - name: "%s"
                      user: {token: "%s"}
                    contexts:
                    - name: machine
                      context: {cluster: machine, user: "%s"}
                    current-context: machine
                    """.formatted(server, authority, name, token, name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the kubeconfig of " + name, e);
        }
    }

    /** Writes a copy with another address of the server, one for each address. */
    Path through(URI address, Path kubeconfig) {
        try {
            return Files.writeString(
                    folder.resolve(address.getPort() + "." + kubeconfig.getFileName()),
                    Files.readString(kubeconfig).replace(server.toString(), address.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + kubeconfig, e);
        }
    }
}
