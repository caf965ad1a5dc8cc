package dev.irsa.config;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.port.OperatorSettings;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The flags of {@code irsa-operator run} that decide about roles and ServiceAccounts. A command for people takes the settings that
 * the operator has published, and replaces those that are given. Commands have it as a mixin.
 */
public final class SettingsOptions {
    private final String purpose;
    private final GivenFlags given = new GivenFlags(
            OperatorConfig.FLAGS.stream().filter(Flag::replacesSetting).toList(), Flag::replacement);

    /** @param purpose of the command, such as plan */
    public SettingsOptions(String purpose) {
        this.purpose = purpose;
    }

    @Spec
    void addTo(CommandSpec command) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                .validate(false)
                .heading("%nFlags of the operator, to " + purpose + " with other settings than it has:%n");
        given.options().forEach(group::addArg);
        command.addArgGroup(group.build());
    }

    /**
     * Returns the settings with the flags that are given. The operator parses and validates them in the same way.
     *
     * @throws InvalidConfiguration with all problems
     */
    public OperatorSettings override(OperatorSettings published) throws InvalidConfiguration {
        if (OperatorConfig.FLAGS.stream().allMatch(flag -> given.given(flag).isEmpty())) {
            return published;
        }
        FlagReader flags = new FlagReader(flag -> given.given(flag).orElseGet(() -> flag.published(published)));
        OperatorConfig config = OperatorConfig.read(flags, false, Optional.empty());
        ClusterIdentity cluster = published.identity();
        return new OperatorSettings(
                published.version(),
                config.identity(
                        cluster.id(),
                        cluster.issuer(),
                        cluster.account(),
                        cluster.oidcProvider(),
                        cluster.delivery().eksClusterArn()),
                config.cluster().audiences(),
                config.reconcile().namespaces(),
                published.dryRun(),
                config.delivery().assumeAgent(),
                published.documentation());
    }
}
