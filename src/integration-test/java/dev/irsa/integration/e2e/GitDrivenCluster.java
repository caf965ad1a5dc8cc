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
 * A cluster with only Argo CD, configured as in {@code deploy/argocd}. Its Git repository has the chart, the
 * entitlements of the platform team, and a folder for each team.
 */
record GitDrivenCluster(
        ControlPlane controlPlane, ArgoCd argoCd, GitRepository git, TestEnvironment env, List<String> teams)
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
                git.write(FILES + "/platform/" + team + ".yaml", forTeam(read("platform/payments.yaml"), team));
                git.add(FILES.resolve("payments"), team);
            }
            git.push();
            return new GitDrivenCluster(
                    controlPlane, argoCd, git, TestEnvironment.bare(controlPlane, moto, proxy, kubectl), teams);
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    /** Applies the Application of the operator for this repository. */
    ArgoApplication applyOperator() {
        return apply(manifest("operator.yaml"), "irsa-operator");
    }

    /** Applies the project and the Application of a team with these sync options. */
    ArgoApplication applyTeam(String team, String syncOptions) {
        return apply(
                forTeam(manifest("payments.yaml"), team)
                        .replace("path: deploy/argocd/payments", "path: " + team)
                        .replace("[ServerSideApply=true]", "[" + syncOptions + "]"),
                team);
    }

    private ArgoApplication apply(String manifest, String name) {
        env.kubectl().apply(manifest).orThrow();
        return application(name);
    }

    ArgoApplication application(String name) {
        return new ArgoApplication(env.kubectl(), name);
    }

    /** Pushes the changes and makes Argo CD read them. */
    void push() {
        git.push();
        teams.forEach(team -> application(team).refresh());
    }

    void awaitSyncedAndHealthy(String team) {
        application(team).awaitSynced(git.head());
        application(team).awaitHealth("Healthy");
    }

    /** Returns state and last sync of each Application and the resource version of each object. */
    String observedVersions() {
        Stream<String> applications = Stream.concat(teams.stream(), Stream.of("irsa-operator"))
                .map(name -> application(name).state() + application(name).lastSync());
        Stream<String> objects = teams.stream()
                .map(team -> env.field(
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

    /** Returns the manifest for another team. */
    private static String forTeam(String manifest, String team) {
        return manifest.replaceAll("(name|namespace|project|team): payments", "$1: " + team);
    }

    private static String read(String file) {
        try {
            return Files.readString(FILES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes the status of a Deployment as a cluster with nodes would. */
    void markAvailable(String namespace, String deployment) {
        String object = "deployment/" + deployment;
        TestEnvironment.await().until(() -> env.exists(namespace, object));
        setStatus(namespace, object, """
                {"observedGeneration": %s, "replicas": %2$s, "updatedReplicas": %2$s, "readyReplicas": %2$s,
                "availableReplicas": %2$s}
                """.formatted(
                        env.field(namespace, object, "{.metadata.generation}"),
                        env.field(namespace, object, "{.spec.replicas}")));
    }

    /** Writes the status of a PodDisruptionBudget, because its controller does not run. */
    void markDisruptionAllowed(String namespace, String budget) {
        setStatus(namespace, "poddisruptionbudget/" + budget, """
                {"observedGeneration": 1, "disruptionsAllowed": 1, "currentHealthy": 2, "desiredHealthy": 1, "expectedPods": 2,
                "conditions": [{"type": "DisruptionAllowed", "status": "True", "reason": "SufficientPods", "message": "",
                "lastTransitionTime": "2026-11-25T12:00:00Z"}]}
                """);
    }

    private void setStatus(String namespace, String object, String status) {
        env.kubectl()
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
