package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Git repository that programs fetch from, and the working copy of somebody who pushes to it.
 *
 * @param bare what others fetch from
 * @param copy where files are changed
 */
public record GitRepository(Path bare, Path copy) {
    /** The branch that there is. */
    public static final String BRANCH = "main";

    /** A new one without commits. */
    public static GitRepository in(Path folder) {
        var repository = new GitRepository(folder.resolve("repository.git"), folder.resolve("copy"));
        run("init", "--quiet", "--bare", "--initial-branch=" + BRANCH, repository.bare.toString());
        run("clone", "--quiet", repository.bare.toString(), repository.copy.toString());
        return repository;
    }

    /** What programs fetch from. */
    public URI uri() {
        return URI.create("file://" + bare);
    }

    /** Adds a folder of the project, under another path where asked for. */
    public void add(Path source, String path) {
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                write(path + "/" + source.relativize(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + source, e);
        }
    }

    /** Puts a file in the place of whatever is there. */
    public void write(String path, String content) {
        var file = copy.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Changes a word of a file, which must be there. */
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

    /** Takes a file away. */
    public void remove(String path) {
        git("rm", "--quiet", path);
    }

    /** Commits and pushes all changes. */
    public void push() {
        git("add", "--all");
        git("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "commit", "--quiet", "--message=Change");
        git("push", "--quiet", "origin", "HEAD:" + BRANCH);
    }

    /** The newest commit. */
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
