package dev.irsa.kubectl.connection;

import dev.irsa.runtime.OwnCredentials;
import dev.irsa.runtime.StartFailure;
import dev.irsa.runtime.UserRegion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the commands of {@code kubectl irsa} that read AWS. */
public final class AwsOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region. Default: AWS_REGION, the AWS profile, or the region of the operator")
    @Nullable
    String region;

    @Option(
            names = "--eks-cluster-name",
            paramLabel = "NAME",
            description =
                    "Name of the cluster in EKS, to read its Pod Identity associations. Default: the operator's value")
    @Nullable
    String eksClusterName;

    @Option(
            names = "--profile-for",
            paramLabel = AccountProfile.FORM,
            converter = AccountProfile.Converter.class,
            description =
                    "AWS profile that reads an account, such as 444455556666=analytics. Once for each account. Default: your"
                            + " AWS credentials, or a profile of that account")
    List<AccountProfile> profiles = new ArrayList<>();

    @Option(names = "--no-aws", description = "Read nothing from AWS")
    boolean noAws;

    final OwnCredentials own = new OwnCredentials();

    private boolean severalClusters;

    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** Returns how to pass a flag about one cluster. */
    public String flagOfOne(String flag) {
        return severalClusters ? flag + ", with --context for this cluster alone" : flag;
    }

    /** Returns the region of the clients. Of several clusters, each may be in another one. */
    UserRegion region(Optional<EksContext> eks) {
        Optional<String> ofCluster = eks.map(EksContext::region);
        return new UserRegion(severalClusters ? ofCluster : Optional.empty(), region(), ofCluster);
    }

    public Optional<String> eksClusterName() {
        return Optional.ofNullable(eksClusterName);
    }

    /**
     * Makes sure that the user names at most one profile for each account.
     *
     * @throws StartFailure if not
     */
    public void requireOneProfilePerAccount() throws StartFailure {
        Set<String> seen = new HashSet<>();
        for (AccountProfile named : profiles) {
            if (!seen.add(named.account())) {
                throw new StartFailure(
                        StartFailure.CONFIGURATION,
                        "--profile-for names account " + named.account()
                                + " twice, and only one profile can read it; remove one of them");
            }
        }
    }

    /** Returns the profile that the user names for an account. */
    Optional<String> profileFor(String account) {
        return profiles.stream()
                .filter(named -> named.account().equals(account))
                .map(AccountProfile::profile)
                .findFirst();
    }

    /** The command reads several clusters, which may be in different regions and accounts. */
    public void setSeveralClusters() {
        severalClusters = true;
    }

    /** Returns whether the command reads several clusters. */
    public boolean areSeveralClusters() {
        return severalClusters;
    }

    public boolean noAws() {
        return noAws;
    }
}
