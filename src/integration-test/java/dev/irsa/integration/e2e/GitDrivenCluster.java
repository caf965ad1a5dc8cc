package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ArgoCd;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.GitRepository;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cluster with nothing in it but Argo CD as {@code deploy/argocd} sets it up, and a Git repository with the chart, what
 * the platform team allows, and a folder for each team.
 */
record GitDrivenCluster(ControlPlane controlPlane, ArgoCd argoCd, GitRepository git, World world, List<String> teams)
        implements AutoCloseable {
    private static final Path CHART = Path.of("deploy", "charts", "irsa-operator");
    private static final Path FILES = Path.of("deploy", "argocd");

    GitDrivenCluster {
        teams = List.copyOf(teams);
    }

    static GitDrivenCluster start(Moto moto, FaultProxy proxy, List<String> teams) {
        ControlPlane controlPlane = ControlPlane.start();
        try {
            ArgoCd argoCd = ArgoCd.start(controlPlane.kubeconfig());
            Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());
            kubectl.applyFile(FILES.resolve("argocd-cm.yaml")).orThrow();
            GitRepository git = GitRepository.in(argoCd.folder());
            git.add(CHART, CHART.toString());
            for (String team : teams) {
                git.write(FILES + "/platform/" + team + ".yaml", named(read("platform/payments.yaml"), team));
                git.add(FILES.resolve("payments"), team);
            }
            git.push();
            return new GitDrivenCluster(
                    controlPlane, argoCd, git, World.bare(controlPlane, moto, proxy, kubectl), teams);
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    /** The Application of the operator, for this repository. */
    ArgoApplication applyOperator() {
        return apply(manifest("operator.yaml"), "irsa-operator");
    }

    /** The project and Application of a team, with these options of its syncs. */
    ArgoApplication applyTeam(String team, String syncOptions) {
        return apply(
                named(manifest("payments.yaml"), team)
                        .replace("path: deploy/argocd/payments", "path: " + team)
                        .replace("[ServerSideApply=true]", "[" + syncOptions + "]"),
                team);
    }

    private ArgoApplication apply(String manifest, String name) {
        world.kubectl().apply(manifest).orThrow();
        return application(name);
    }

    ArgoApplication application(String name) {
        return new ArgoApplication(world.kubectl(), name);
    }

    /** Pushes what was changed, and has Argo CD look at it. */
    void push() {
        git.push();
        teams.forEach(team -> application(team).refresh());
    }

    void awaitSyncedAndHealthy(String team) {
        application(team).awaitSynced(git.head());
        application(team).awaitHealth("Healthy");
    }

    /** Of each Application whether it is in sync, its health and its last sync; of each object its version. */
    String everythingThatMayMove() {
        Stream<String> applications = Stream.concat(teams.stream(), Stream.of("irsa-operator"))
                .map(name -> application(name).state() + application(name).lastSync());
        Stream<String> objects = teams.stream()
                .map(team -> world.field(
                        team,
                        "iamsa,sa,deployment",
                        "{range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}"));
        return String.join("\n", Stream.concat(applications, objects).toList());
    }

    private String manifest(String file) {
        return read(file)
                .replaceAll(
                        "https://git\\.example\\.com/[a-z-]+\\.git", git.uri().toString());
    }

    /** The same for another team. */
    private static String named(String manifest, String team) {
        return manifest.replaceAll("(name|namespace|project|team): payments", "$1: " + team);
    }

    private static String read(String file) {
        try {
            return Files.readString(FILES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Says of a Deployment what a cluster with nodes would say. */
    void rollOut(String namespace, String deployment) {
        String object = "deployment/" + deployment;
        World.await().until(() -> world.exists(namespace, object));
        setStatus(namespace, object, """
                {"observedGeneration": %s, "replicas": %2$s, "updatedReplicas": %2$s, "readyReplicas": %2$s,
                "availableReplicas": %2$s}
                """.formatted(
                        world.field(namespace, object, "{.metadata.generation}"),
                        world.field(namespace, object, "{.spec.replicas}")));
    }

    /** Says of a PodDisruptionBudget what its controller, which is not here, would say. */
    void allowDisruption(String namespace, String budget) {
        setStatus(namespace, "poddisruptionbudget/" + budget, """
                {"observedGeneration": 1, "disruptionsAllowed": 1, "currentHealthy": 2, "desiredHealthy": 1, "expectedPods": 2,
                "conditions": [{"type": "DisruptionAllowed", "status": "True", "reason": "SufficientPods", "message": "",
                "lastTransitionTime": "2026-11-25T12:00:00Z"}]}
                """);
    }

    private void setStatus(String namespace, String object, String status) {
        world.kubectl()
                .get(
                        "-n",
                        namespace,
                        "patch",
                        object,
                        "--subresource=status",
                        "--type=merge",
                        "--patch={\"status\": " + status + "}");
    }

    @Override
    public void close() {
        argoCd.close();
        controlPlane.close();
    }
}
