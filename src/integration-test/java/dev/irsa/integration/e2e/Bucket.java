package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Emulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A bucket of S3 in an emulator, which accepts requests without a signature. */
record Bucket(Emulator aws, String name) {
    static Bucket create(Emulator aws, String name) throws IOException, InterruptedException {
        Bucket bucket = new Bucket(aws, name);
        bucket.put("", "");
        return bucket;
    }

    /** Writes an object. */
    void put(String key, String content) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(aws.endpoint().resolve("/" + name + "/" + key))
                .PUT(BodyPublishers.ofString(content))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("S3 answered " + status + " to " + request);
            }
        }
    }
}
