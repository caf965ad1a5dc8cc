package dev.irsa.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Desired;
import dev.irsa.plan.Change;
import dev.irsa.plan.DeletionPlanner;
import dev.irsa.plan.Plan;
import dev.irsa.plan.Planner;
import dev.irsa.plan.ServiceAccountPlanner;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One folder: the resource, the cluster it lies in, and what is there now.
 *
 * @param inputs the files that were read
 */
record GoldenCase(IamServiceAccount resource, ClusterIdentity cluster, Observation observation, Set<String> inputs) {
    private static final String RESOURCE = "resource.yaml";
    private static final String CLUSTER = "cluster.yaml";
    private static final String OBSERVED = "observed.yaml";

    static GoldenCase read(Path folder) throws IOException {
        IamServiceAccount resource =
                Serialization.unmarshal(Files.readString(folder.resolve(RESOURCE)), IamServiceAccount.class);
        return new GoldenCase(
                resource,
                GoldenCluster.of(tree(folder.resolve(CLUSTER))),
                new Observation(tree(folder.resolve(OBSERVED))),
                Set.of(RESOURCE, CLUSTER, OBSERVED));
    }

    private static JsonNode tree(Path file) throws IOException {
        return Serialization.unmarshal(Files.exists(file) ? Files.readString(file) : "{}", JsonNode.class);
    }

    /** The files that should be there, by name. */
    Map<String, String> outcome() {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        Map<String, String> files = new TreeMap<>();
        switch (Desired.of(namespace, name, resource.getSpec(), cluster)) {
            case Desired.Refused(var failure) ->
                files.put("plan.txt", Rendering.lines(List.of(Rendering.obstacle(failure))));
            case Desired.Wanted wanted
            when resource.isMarkedForDeletion() -> files.put("plan.txt", Rendering.lines(deletion(wanted)));
            case Desired.Wanted wanted -> {
                files.put("trust-policy.json", Rendering.json(wanted.role().trust()));
                files.put("role.yaml", Rendering.role(wanted.role()));
                files.put("plan.txt", Rendering.lines(convergence(wanted)));
            }
        }
        return files;
    }

    private List<String> convergence(Desired.Wanted wanted) {
        var state = observation.role(wanted.role());
        Plan plan = state.map(seen -> Planner.update(wanted.role(), seen))
                .orElseGet(() -> Planner.create(wanted.role()))
                .then(ServiceAccountPlanner.point(
                        wanted.serviceAccount(), observation.serviceAccount(wanted.serviceAccount()), uid()));
        List<String> lines = new ArrayList<>(Rendering.changes(plan.changes()));
        plan.obstacle().map(Rendering::obstacle).ifPresent(lines::add);
        state.ifPresent(seen -> Planner.leftInPlace(wanted.role(), seen.policies())
                .forEach(policy -> lines.add("left in place, as it only denies: " + policy)));
        return lines;
    }

    private List<String> deletion(Desired.Wanted wanted) {
        var identity = wanted.role().identity();
        Plan release = ServiceAccountPlanner.release(
                wanted.serviceAccount().name(),
                identity.arn(),
                observation.serviceAccount(wanted.serviceAccount()),
                uid(),
                observation.heir());
        List<String> lines = new ArrayList<>();
        release.changes().stream().map(Change::describe).forEach(lines::add);
        var status = resource.getStatus();
        String knownId =
                status == null || status.role() == null ? "" : status.role().id();
        observation
                .role(wanted.role())
                .map(seen -> DeletionPlanner.of(
                        identity,
                        Optional.ofNullable(resource.getSpec().deletionPolicy()),
                        seen.role(),
                        seen.policies(),
                        knownId))
                .ifPresentOrElse(fate -> lines.addAll(Rendering.fate(fate)), () -> lines.add("fate: there is no role"));
        return lines;
    }

    private String uid() {
        return Observation.OUR_UID;
    }
}
