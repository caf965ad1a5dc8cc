package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubectl.get.InCluster;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.runtime.StartFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class EachClusterTest {
    @Test
    void keepsTheOthersIfTheProgramFailsInOne() throws Exception {
        StringWriter err = new StringWriter();
        CommandSpec command = CommandSpec.create();
        new CommandLine(command).setErr(new PrintWriter(err, true));
        Output output =
                Output.of(command, Optional.of(""), Map.of(), () -> new Documentation("https://docs.example.com/"));
        List<String> read = new ArrayList<>();
        List<NotRead> notRead = new ArrayList<>();

        try (MockApiServer dev = MockApiServer.start();
                MockApiServer prod = MockApiServer.start()) {
            String broken = dev.client().getMasterUrl().toString();
            EachCluster<String> work = new EachCluster<>(
                    cluster -> {
                        if (cluster.client().getMasterUrl().toString().equals(broken)) {
                            throw new IllegalStateException(new IllegalArgumentException("a\nb"));
                        }
                        return "read";
                    },
                    (clusters, _) -> {
                        clusters.read().stream().map(InCluster::cluster).forEach(read::add);
                        notRead.addAll(clusters.notRead());
                        return 0;
                    },
                    StartFailure::exitCode);

            assertThat(work.several(
                            List.of("dev", "prod"),
                            context -> (context.equals("dev") ? dev : prod).newClient(),
                            output))
                    .isEqualTo(1);
        }
        String problem =
                "the cluster cannot be read because of an unexpected error, IllegalArgumentException: a b; run the"
                        + " command for it alone, with --context, and report the error";
        assertThat(read).containsExactly("prod");
        assertThat(notRead).containsExactly(new NotRead("dev", "", problem));
        assertThat(err.toString()).isEqualToIgnoringNewLines("error: dev: " + problem);
    }
}
