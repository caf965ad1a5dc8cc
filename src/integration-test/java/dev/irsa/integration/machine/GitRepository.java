package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A bare Git repository and a working copy that pushes to it.
 *
 * @param bare the repository that other programs fetch from
 * @param copy the working copy
 */
public record GitRepository(Path bare, Path copy) {
    /** The only branch. */
    public static final String BRANCH = "main";

    /** Creates a repository without commits. */
    public static GitRepository in(Path folder) {
        var repository = new GitRepository(folder.resolve("repository.git"), folder.resolve("copy"));
        run("init", "--quiet", "--bare", "--initial-branch=" + BRANCH, repository.bare.toString());
        run("clone", "--quiet", repository.bare.toString(), repository.copy.toString());
        return repository;
    }

    /** Returns the URL of the repository. */
    public URI uri() {
        return URI.create("file://" + bare);
    }

    /** Adds a folder of the project under this path. */
    public void add(Path source, String path) {
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                write(path + "/" + source.relativize(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + source, e);
        }
    }

    /** Writes a file. */
    public void write(String path, String content) {
        var file = copy.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Replaces text of a file, which must contain it. */
    public void replace(String path, String word, String other) {
        try {
            var content = Files.readString(copy.resolve(path));
            if (!content.contains(word)) {
                throw new IllegalArgumentException("no " + word + " in " + path);
            }
            write(path, content.replace(word, other));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Removes a file. */
    public void remove(String path) {
        git("rm", "--quiet", path);
    }

    /** Commits and pushes all changes. */
    public void push() {
        git("add", "--all");
        git("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "commit", "--quiet", "--message=Change");
        git("push", "--quiet", "origin", "HEAD:" + BRANCH);
    }

    /** Returns the newest commit. */
    public String head() {
        return git("rev-parse", "HEAD").strip();
    }

    private String git(String... arguments) {
        return run(Stream.concat(Stream.of("-C", copy.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String run(String... arguments) {
        var words = Stream.concat(Stream.of("git"), Stream.of(arguments));
        return new Command(words.toList(), Map.of()).run("").orThrow().stdout();
    }
}
