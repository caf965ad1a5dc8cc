package dev.irsa.issuer;

import dev.irsa.aws.AwsCalls;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.issuer.DiscoveryDocument;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores the documents as two objects in a bucket.
 *
 * @param prefix of the objects; empty, or without a slash at its end
 * @param cluster the id of the cluster, which the metadata of the keys records
 */
record S3Documents(S3Client s3, AwsCalls calls, String bucket, String prefix, String cluster) implements DocumentStore {
    private static final String CLUSTER = "irsa-cluster-id";
    private static final String MISSING = "irsa-missing-since";

    /** Caches may return an old document for this long. */
    private static final String CACHE = "max-age=60";

    private static final int MOVED = 301;
    private static final int DENIED = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    @Override
    public Stored read() {
        Optional<ResponseBytes<GetObjectResponse>> keys = get(DiscoveryDocument.KEYS_PATH);
        Optional<ResponseBytes<GetObjectResponse>> discovery = get(DiscoveryDocument.PATH);
        Map<String, String> metadata =
                keys.map(found -> found.response().metadata()).orElse(Map.of());
        return new Stored(
                keys.map(ResponseBytes::asUtf8String).orElse(""),
                metadata.getOrDefault(MISSING, ""),
                metadata.getOrDefault(CLUSTER, ""),
                discovery.map(ResponseBytes::asUtf8String).orElse(""),
                keys.map(S3Documents::version).orElse(""),
                discovery.map(S3Documents::version).orElse(""));
    }

    private static String version(ResponseBytes<GetObjectResponse> found) {
        return Objects.toString(found.response().eTag(), "");
    }

    @Override
    public Optional<Stored> write(Documents documents, Stored before) {
        String text = documents.keys().document();
        String missing = documents.keys().missing();
        Optional<String> keysVersion = before.hasKeys(documents, cluster)
                ? Optional.of(before.keysVersion())
                : put(
                        DiscoveryDocument.KEYS_PATH,
                        text,
                        before.keysVersion(),
                        Map.of(CLUSTER, cluster, MISSING, missing));
        if (keysVersion.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> discoveryVersion = before.discovery().equals(documents.discovery())
                ? Optional.of(before.discoveryVersion())
                : put(DiscoveryDocument.PATH, documents.discovery(), before.discoveryVersion(), Map.of());
        return discoveryVersion.map(
                version -> new Stored(text, missing, cluster, documents.discovery(), keysVersion.get(), version));
    }

    private Optional<ResponseBytes<GetObjectResponse>> get(String path) {
        return calls.make(
                "s3:GetObject",
                location(path),
                () -> explained("s3:GetObject", path, () -> {
                    try {
                        return Optional.of(s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key(path))));
                    } catch (NoSuchKeyException _) {
                        return Optional.empty();
                    }
                }));
    }

    /**
     * Writes an object if it has not changed since.
     *
     * @param version that it had; empty: it did not exist
     * @return the new version; empty if it has changed since
     */
    private Optional<String> put(String path, String document, String version, Map<String, String> metadata) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key(path))
                .contentType("application/json")
                .cacheControl(CACHE)
                .metadata(metadata);
        PutObjectRequest put = (version.isEmpty() ? request.ifNoneMatch("*") : request.ifMatch(version)).build();
        return calls.make(
                "s3:PutObject",
                location(path),
                () -> explained("s3:PutObject", path, () -> {
                    try {
                        return Optional.of(Objects.toString(
                                s3.putObject(put, RequestBody.fromString(document))
                                        .eTag(),
                                ""));
                    } catch (S3Exception e) {
                        // An object that was deleted meanwhile is not found.
                        boolean changed = e.statusCode() == PRECONDITION_FAILED
                                || e.statusCode() == CONFLICT
                                || (e.statusCode() == NOT_FOUND && !version.isEmpty());
                        if (changed) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                }));
    }

    /** Makes a call, and says what to do about the failures that an administrator has to correct. */
    private <T> T explained(String action, String path, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            Optional<String> why = switch (e.statusCode()) {
                case MOVED ->
                    Optional.of("the bucket " + bucket + " is in another region; set --region to that of the bucket");
                case DENIED ->
                    Optional.of(
                                    "AWS denies " + action + " for " + location(path)
                                            + "; allow what publish-issuer --print-policy prints, and check the policy of the bucket")
                            .filter(_ -> isAccessDenied(e));
                case NOT_FOUND ->
                    Optional.of("the bucket " + bucket + " does not exist; create it, or correct its name");
                default -> Optional.empty();
            };
            throw why.<RuntimeException>map(
                            message -> new FailureException(Failure.of(Reason.AwsUnavailable, message), e))
                    .orElse(e);
        }
    }

    /** Invalid credentials and a wrong clock have the same status. */
    private static boolean isAccessDenied(S3Exception e) {
        return e.awsErrorDetails() != null
                && "AccessDenied".equals(e.awsErrorDetails().errorCode());
    }

    private String key(String path) {
        return DiscoveryDocument.key(prefix, path);
    }

    private String location(String path) {
        return "s3://" + bucket + "/" + key(path);
    }
}
