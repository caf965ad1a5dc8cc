package dev.irsa.core.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * An IAM policy document as a value. Two documents are equal if IAM treats them as equal. The comparison ignores:
 *
 * <ul>
 *   <li>the order of statements, actions, resources, principals and condition values
 *   <li>whether a single value is in a list
 *   <li>the case of actions
 *   <li>whether an account is written as its ID or as its root ARN
 * </ul>
 *
 * <p>Source of the rules: "IAM JSON policy element reference" and "Grammar of the IAM JSON policy language".
 */
public final class PolicyDocument {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String text;
    private final PolicyFingerprint fingerprint;

    private PolicyDocument(JsonNode document) {
        this.text = document.toString();
        this.fingerprint = new PolicyFingerprint(
                digest(CanonicalForm.of(document)),
                DenyEffect.onlyDenies(document),
                DenyEffect.deniesEverything(document),
                namesPodIdentity(document),
                Admissions.of(document));
    }

    /** Returns the document for this JSON object. */
    public static PolicyDocument of(JsonNode document) {
        return new PolicyDocument(document);
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if the text is not a single JSON object
     */
    public static PolicyDocument parse(String text) {
        return new PolicyDocument(object(text));
    }

    private static ObjectNode object(String text) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (document instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /** Returns a copy of the document, owned by the caller. */
    public ObjectNode json() {
        return object(text);
    }

    /** Returns the document to send to IAM, in its original order and without white space between tokens. */
    public String text() {
        return text;
    }

    /** Returns the size that IAM counts against its quotas: the number of characters that are not white space. */
    public int size() {
        return size(text);
    }

    /** Returns the {@link #size()} of a document. */
    public static int sizeOf(JsonNode document) {
        return size(document.toString());
    }

    private static int size(String text) {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /**
     * Returns whether the policy allows nothing, so that removing it could only widen access. Incident response uses such
     * policies, for example {@code AWSRevokeOlderSessions}, to block a role.
     */
    public boolean onlyDenies() {
        return fingerprint.onlyDenies();
    }

    /** Returns the elements of a list. IAM accepts a single value without one: it is the only element. */
    public static List<JsonNode> elements(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().toList();
        }
        return node.isMissingNode() ? List.of() : List.of(node);
    }

    private static boolean namesPodIdentity(JsonNode document) {
        return document.findValues("Service").stream()
                .anyMatch(service -> service.toString().contains("\"pods.eks.amazonaws.com\""));
    }

    /** Returns what the operator keeps of a document that it read from IAM. */
    public PolicyFingerprint fingerprint() {
        return fingerprint;
    }

    private static String digest(String canonical) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyDocument that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
