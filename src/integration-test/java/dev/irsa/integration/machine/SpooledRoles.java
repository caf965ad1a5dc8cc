package dev.irsa.integration.machine;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The roles of one answer. The answer stays in a file, because 10,000 roles may take 300 MB. */
final class SpooledRoles implements RoleListing {
    private static final String LIST = "RoleDetailList>";
    private static final String MEMBER = "member>";

    private final MappedByteBuffer answer;

    /** The offset of each role, and the end of the last one. */
    private final int[] bounds;

    private SpooledRoles(MappedByteBuffer answer, int[] bounds) {
        this.answer = answer;
        this.bounds = bounds;
    }

    /** Maps an answer of moto. The file may be deleted afterwards where the operating system allows it. */
    static SpooledRoles of(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var answer = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new SpooledRoles(answer, bounds(answer));
        }
    }

    @Override
    public int size() {
        return bounds.length - 1;
    }

    @Override
    public String element(int index) {
        var bytes = new byte[bounds[index + 1] - bounds[index]];
        answer.get(bounds[index], bytes);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    /** Finds the tags. Each {@code <} starts a tag, because values escape it. Members are nested. */
    private static int[] bounds(MappedByteBuffer answer) {
        var found = new int[1024];
        var count = 0;
        var depth = -1;
        var end = 0;
        for (var at = 0; at < answer.limit(); at++) {
            if (answer.get(at) != '<') {
                continue;
            }
            if (depth < 0) {
                depth = isAt(answer, at + 1, LIST) ? 0 : depth;
            } else if (isAt(answer, at + 1, MEMBER)) {
                if (depth++ == 0) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = at;
                }
            } else if (isAt(answer, at + 1, "/" + MEMBER)) {
                depth--;
                end = at + "</".length() + MEMBER.length();
            } else if (isAt(answer, at + 1, "/" + LIST)) {
                break;
            }
        }
        var bounds = Arrays.copyOf(found, count + 1);
        bounds[count] = end;
        return bounds;
    }

    private static boolean isAt(MappedByteBuffer answer, int at, String text) {
        if (at + text.length() > answer.limit()) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (answer.get(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
