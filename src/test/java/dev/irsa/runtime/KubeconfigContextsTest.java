package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigContextsTest {
    @TempDir
    private Path folder;

    private KubeconfigContexts contexts = new KubeconfigContexts(new TreeMap<>(), Optional.empty());

    @BeforeEach
    void read() throws Exception {
        Path first = Files.writeString(folder.resolve("first"), """
                contexts:
                - {name: shop, context: {cluster: prod, user: me, namespace: shop}}
                - {name: mail, context: {cluster: prod, user: me, namespace: mail}}
                - {name: admin, context: {cluster: prod, user: admin}}
                - {name: tunnel, context: {cluster: tunnel, user: me}}
                - {name: dangling, context: {cluster: none, user: me}}
                - {name: empty}
                current-context: shop
                """);
        Path second = Files.writeString(folder.resolve("second"), """
                clusters:
                - {name: prod, cluster: {server: "https://proxy"}}
                - {name: tunnel, cluster: {server: "https://proxy", tls-server-name: dev}}
                contexts: [{name: admin, context: {cluster: tunnel, user: me}}]
                """);
        contexts = KubeconfigContexts.of(List.of(first, second));
    }

    @Test
    void listsTheCurrentOneFirst() {
        assertThat(contexts.all()).containsExactly("shop", "admin", "dangling", "empty", "mail", "tunnel");
    }

    @Test
    void reachTheSameClusterWithTheSameUserAtTheSameServer() {
        assertThat(contexts.access("shop")).isPresent().isEqualTo(contexts.access("mail"));
        assertThat(contexts.access("shop"))
                .isNotEqualTo(contexts.access("admin"))
                .isNotEqualTo(contexts.access("tunnel"));
        assertThat(contexts.access("admin"))
                .map(KubeconfigContexts.Access::user)
                .contains("admin");
    }

    @Test
    void mayNotSayWhereTheClusterIs() {
        assertThat(contexts.access("dangling")).isEmpty();
        assertThat(contexts.access("empty")).isEmpty();
    }
}
