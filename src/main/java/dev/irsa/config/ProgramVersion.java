package dev.irsa.config;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Knows the version of the program, and prints it for {@code --version}. */
public final class ProgramVersion implements IVersionProvider {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** Returns the version in the manifest of the jar. */
    public static String current() {
        return Objects.requireNonNullElse(
                ProgramVersion.class.getPackage().getImplementationVersion(), "(not from its jar)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {command.root().name() + " " + current()};
    }
}
