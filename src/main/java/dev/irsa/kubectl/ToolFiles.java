package dev.irsa.kubectl;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.kubectl.imports.EksctlConfig;
import dev.irsa.kubectl.imports.ImportCandidates;
import dev.irsa.kubectl.imports.TerraformState;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.runtime.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of other tools that an import reads. */
record ToolFiles(List<EksctlConfig> eksctl, List<TerraformState> terraform) {
    /**
     * Reads the files.
     *
     * @throws StartFailure if one cannot be read or is not valid
     */
    static ToolFiles read(List<Path> eksctl, List<Path> terraform) throws StartFailure {
        List<EksctlConfig> configs = new ArrayList<>();
        List<TerraformState> states = new ArrayList<>();
        try {
            for (Path file : eksctl) {
                configs.addAll(EksctlConfig.parse(file.toString(), ManifestFiles.text(file)));
            }
            for (Path file : terraform) {
                states.add(TerraformState.parse(file.toString(), ManifestFiles.text(file)));
            }
        } catch (InvalidFile e) {
            throw new StartFailure(StartFailure.CONFIGURATION, String.valueOf(e.getMessage()));
        }
        return new ToolFiles(configs, states);
    }

    /** Requires that the files of eksctl are about this cluster. */
    void requireCluster(String eksClusterName) throws StartFailure {
        for (EksctlConfig config : eksctl) {
            if (!config.cluster().equals(eksClusterName)) {
                throw new StartFailure(
                        StartFailure.CONFIGURATION,
                        "--from-eksctl: the file is for cluster " + config.cluster()
                                + ", and the operator manages cluster " + eksClusterName
                                + " of EKS; choose another file, or set --eks-cluster-name");
            }
        }
    }

    void addTo(ImportCandidates candidates, ClusterIdentity cluster) {
        terraform.forEach(state -> candidates.add(state, cluster.account(), cluster.oidcProvider()));
        eksctl.forEach(candidates::add);
    }
}
