package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Several contexts of one cluster. */
class SameClusterTest extends SeveralClustersTestBase {
    private static final String NOTE = "Contexts prod, admin-of-prod are of one cluster, so only prod is read.\n";

    private int get(String contexts) {
        return world.run(new GetCommand(), contexts, "--no-aws");
    }

    private void giveAdminAnotherUser() throws IOException {
        world.prod.annotate("cart", "cart");
        world.replace(
                "admin-of-prod, context: {cluster: prod, user: user",
                "admin-of-prod, context: {cluster: prod, user: admin");
    }

    private String rowsOfCart() {
        return String.join(
                " ",
                world.out
                        .toString()
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }

    @Test
    void isReadOnceIfTheUserIsTheSame() {
        world.prod.annotate("cart", "cart");

        assertThat(get("--contexts=prod,admin-of-prod")).isZero();

        assertThat(rowsOfCart()).isEqualTo("prod");
        assertThat(world.err.toString()).isEqualTo(NOTE);
        assertThat(world.prod.server.requests().of("list", "serviceaccounts")).isEqualTo(1);
    }

    @Test
    void isRecognizedByItsIdIfTheEntriesDiffer() throws IOException {
        giveAdminAnotherUser();
        world.replace(
                "- {name: gone, cluster",
                "- {name: eks, cluster: {server: \"%s\"}}\n- {name: gone, cluster".formatted(world.prod.server.url()));
        world.replace("cluster: prod, user: admin", "cluster: eks, user: admin");

        assertThat(get("--contexts=prod,admin-of-prod,dev")).isZero();

        assertThat(rowsOfCart()).isEqualTo("prod");
        assertThat(world.err.toString()).isEqualTo(NOTE);
        assertThat(world.prod.server.requests().of("list", "serviceaccounts")).isEqualTo(1);
    }

    /** With Teleport, all clusters have one address, and the user decides which of them answers. */
    @Test
    void isNotToldFromOthersByItsAddress() throws IOException {
        giveAdminAnotherUser();
        world.prod.refuse("/namespaces/kube-system", 403);

        assertThat(get("--contexts=prod,admin-of-prod,dev")).isZero();

        assertThat(rowsOfCart()).isEqualTo("prod admin-of-prod");
        assertThat(world.err.toString())
                .isEqualTo(
                        "warning: contexts prod, admin-of-prod have the same server, and are shown as different clusters,"
                                + " because namespace kube-system cannot be read in each; ask for the permission to get it, or read"
                                + " only one of them\n");
    }
}
