package dev.irsa.kubectl;

import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.ManifestParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files that {@code --filename} names, as kubectl does: files, folders, and {@code -} for standard input. */
final class ManifestFiles {
    private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

    private ManifestFiles() {}

    /**
     * Parses the files.
     *
     * @param recursive whether folders inside of folders are read too
     * @throws InvalidFile if one cannot be read or is not valid
     */
    static void read(List<String> names, boolean recursive, InputStream input, ManifestParser parser)
            throws InvalidFile {
        for (String name : names) {
            if (name.equals("-")) {
                parser.add("standard input", text(input));
            } else {
                for (Path file : files(Path.of(name), recursive)) {
                    parser.add(file.toString(), text(file));
                }
            }
        }
    }

    private static List<Path> files(Path path, boolean recursive) throws InvalidFile {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.walk(path, recursive ? Integer.MAX_VALUE : 1, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> SUFFIXES.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidFile("cannot read folder " + path + ": " + e.getMessage());
        }
    }

    /** Returns the text of a file. */
    static String text(Path file) throws InvalidFile {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidFile(
                    Files.exists(file)
                            ? "cannot read " + file + " as UTF-8 text: " + e.getMessage()
                            : "file " + file + " does not exist");
        }
    }

    private static String text(InputStream input) throws InvalidFile {
        try {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidFile("cannot read standard input: " + e.getMessage());
        }
    }
}
