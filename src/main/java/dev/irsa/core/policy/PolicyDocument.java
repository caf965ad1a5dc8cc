package dev.irsa.core.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An IAM policy document as a value. Two documents are equal when IAM reads them alike: the order of
 * statements, of actions, resources, principals and condition values does not count, nor whether a single
 * value stands in a list, nor the case of actions, nor an account id written as its root ARN.
 *
 * <p>Source of the rules: "IAM JSON policy element reference" and "Grammar of the IAM JSON policy language".
 */
public final class PolicyDocument {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String text;
    private final PolicyFingerprint fingerprint;

    private PolicyDocument(JsonNode document) {
        this.text = document.toString();
        this.fingerprint = new PolicyFingerprint(digest(CanonicalForm.of(document)), onlyDenies(document));
    }

    /** The document that this JSON object is. */
    public static PolicyDocument of(JsonNode document) {
        return new PolicyDocument(document);
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when the text is not one JSON object
     */
    public static PolicyDocument parse(String text) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (document == null || !document.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return new PolicyDocument(document);
    }

    /** The document as it is sent to IAM: in the order it was written, without white space between tokens. */
    public String text() {
        return text;
    }

    /** Its size as IAM counts it against the quotas: characters that are not white space. */
    public int size() {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /**
     * Whether every statement denies, so that taking the policy away could only widen access. Such policies
     * are how incident response cuts a role off ({@code AWSRevokeOlderSessions} is one).
     */
    public boolean onlyDenies() {
        return fingerprint.onlyDenies();
    }

    private static boolean onlyDenies(JsonNode document) {
        JsonNode statements = document.path("Statement");
        if (statements.isObject()) {
            return denies(statements);
        }
        if (statements.isEmpty()) {
            return false;
        }
        for (JsonNode statement : statements) {
            if (!denies(statement)) {
                return false;
            }
        }
        return true;
    }

    private static boolean denies(JsonNode statement) {
        return "Deny".equals(statement.path("Effect").asText());
    }

    /** What is kept of it when it was seen in IAM. */
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
