package dev.irsa.integration.machine;

import java.nio.file.Path;
import java.util.List;

/** Locates the programs of the integration tests. The install script builds those that are missing. */
public final class TestMachine {
    private TestMachine() {}

    /** Returns the folder with etcd, kube-apiserver, kube-controller-manager and kubectl. */
    public static Path binaries() {
        return Installed.FOLDERS.get(0);
    }

    /** Returns the folder with moto_server. */
    public static Path motoBin() {
        return Installed.FOLDERS.get(1);
    }

    /** Returns the folder with the packages that {@code src/integration-test/node} needs. */
    public static Path nodePackages() {
        return Installed.FOLDERS.get(2);
    }

    /** Returns the folder with textlint and its rules. */
    public static Path prosePackages() {
        return Installed.FOLDERS.get(3);
    }

    /** Returns the folder with ministack. */
    public static Path ministackBin() {
        return Installed.FOLDERS.get(4);
    }

    /** Returns the architecture of this machine as images and archives name it. */
    public static String architecture() {
        return "aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64";
    }

    /** Runs the script on first use, once in this JVM. */
    private static final class Installed {
        static final List<Path> FOLDERS = InstallScript.run("install-test-machine");
    }
}
