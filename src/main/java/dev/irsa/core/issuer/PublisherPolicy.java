package dev.irsa.core.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;

/** Builds the policy for the AWS identity of the publisher: it reads and writes two objects. */
public final class PublisherPolicy {
    private PublisherPolicy() {}

    /**
     * Returns the policy. Without {@code s3:ListBucket}, S3 denies the read of an object that does not exist yet.
     *
     * <p>Source: "GetObject" of the Amazon S3 API reference.
     *
     * @param prefix of the objects; empty, or without a slash at its end
     */
    public static PolicyDocument of(String partition, String bucket, String prefix) {
        String bucketArn = "arn:" + partition + ":s3:::" + bucket;
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        ObjectNode objects = statements.addObject().put("Effect", "Allow");
        objects.putArray("Action").add("s3:GetObject").add("s3:PutObject");
        objects.putArray("Resource")
                .add(bucketArn + "/" + DiscoveryDocument.key(prefix, DiscoveryDocument.PATH))
                .add(bucketArn + "/" + DiscoveryDocument.key(prefix, DiscoveryDocument.KEYS_PATH));
        statements
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "s3:ListBucket")
                .put("Resource", bucketArn);
        return PolicyDocument.of(document);
    }
}
