package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.policy.PolicyDocument;
import java.time.Instant;

/** A role in IAM with its trust policy. */
public record RoleFacts(String arn, String id, Instant createdAt, PolicyDocument trust) {}
