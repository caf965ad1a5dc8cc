package dev.irsa.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.issuer.DiscoveryDocument;
import dev.irsa.core.issuer.JsonWebKeys;
import dev.irsa.core.issuer.KeyRotation.Live;
import dev.irsa.core.issuer.PublicKey;
import dev.irsa.core.issuer.PublishedKeys;
import dev.irsa.issuer.DocumentStore.Stored;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the program knows about the stored keys. Whoever can write them can use every role. So the program takes over what it finds at
 * its start only if that belongs to the cluster, and trusts only itself from then on.
 */
final class StoredKeys {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JWKS_URI = "jwks_uri";

    private final Issuer issuer;
    private final String discovery;
    private final PublisherSettings settings;
    private final Set<PublicKey> known = new HashSet<>();
    private final Set<String> expected = new HashSet<>();
    private String noted = "";
    private Optional<PublishedKeys> own = Optional.empty();
    private Optional<PublishedKeys> confirmed = Optional.empty();

    StoredKeys(Issuer issuer, PublisherSettings settings) {
        this.issuer = issuer;
        this.discovery = DiscoveryDocument.of(issuer);
        this.settings = settings;
    }

    /** Returns why what is found must not be replaced; empty if it may be. */
    Optional<String> refusal(Stored found, Live live) {
        if (own.isPresent()) {
            return Optional.empty();
        }
        if (!found.discovery().isEmpty() && !text(found.discovery(), "issuer").equals(issuer.url())) {
            return Optional.of(
                    settings.location() + " has the discovery document of " + text(found.discovery(), "issuer")
                            + ", and that issuer would stop working if " + issuer.url()
                            + " replaced it; use another location, or delete the document if no cluster needs it");
        }
        if (!found.cluster().isEmpty() && !settings.covers(found.cluster())) {
            return Optional.of("the keys in " + settings.location()
                    + " are those of the cluster whose kube-system namespace has the UID " + found.cluster()
                    + "; pods of clusters with one issuer could use the same roles, so use another location and issuer; if this"
                    + " cluster replaces the other, pass --previous-cluster-id");
        }
        try {
            PublishedKeys keys = parsed(found);
            boolean isOurs = !found.cluster().isEmpty()
                    || keys.keys().isEmpty()
                    || keys.keys().values().stream()
                            .anyMatch(key -> key.equals(live.keys().get(key.id())));
            return isOurs
                    ? Optional.empty()
                    : Optional.of("none of the keys in " + settings.location()
                            + " is one of the API servers, so they may be those of another cluster; use another location, or delete"
                            + " them if no pod has a token of them");
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "the keys in " + settings.location() + " cannot be read (" + e.getMessage()
                            + "), so it is not known whose they are; correct them, or delete them if no pod has a token of them");
        }
    }

    /** Returns what to publish further: what the program published itself, or at its start what it finds. */
    PublishedKeys base(Stored found) {
        return own.orElseGet(() -> parsed(found));
    }

    /** Returns what another client published, and what happens to it; empty if nothing, or if it was returned before. */
    Optional<String> changeOfOthers(Stored found, Live live) {
        known.addAll(live.keys().values());
        if (own.isEmpty()) {
            return atStart(found);
        }
        boolean isExpected =
                expected.contains(found.keys()) && found.discovery().equals(discovery);
        String seen = found.keys() + found.discovery();
        if (isExpected || seen.equals(noted)) {
            return Optional.empty();
        }
        noted = seen;
        return Optional.of("another client changed the documents in " + settings.location() + ", which are restored; "
                + added(found)
                + (settings.covers(found.cluster()) && !found.cluster().equals(settings.cluster())
                        ? "; it publishes for the cluster " + found.cluster() + ", so stop one of the two"
                        : "")
                + "; remove its access, and look in CloudTrail for who it was");
    }

    private Optional<String> atStart(Stored stored) {
        PublishedKeys found = parsed(stored);
        Set<String> unknown = new TreeSet<>();
        found.keys().values().stream()
                .filter(key -> !known.contains(key) && !found.missingSince().containsKey(key.id()))
                .filter(key -> !settings.dropped().contains(key.id()))
                .forEach(key -> unknown.add(key.id()));
        known.addAll(found.keys().values());
        expected.add(stored.keys());
        confirmed = Optional.of(found);
        if (!stored.discovery().isEmpty() && isForeign(stored.discovery())) {
            return Optional.of("the discovery document in " + settings.location() + " named the keys at "
                    + text(stored.discovery(), JWKS_URI)
                    + ", and is replaced; if you do not know that address, find out who can write"
                    + " there");
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(settings.location() + " has keys that no API server has: "
                        + String.join(", ", unknown)
                        + "; they stay for the time of --retention, because pods may have tokens of them; if you do not know them,"
                        + " pass them to --drop-key, and find out who can write there");
    }

    private boolean isForeign(String document) {
        return !text(document, JWKS_URI).equals(text(discovery, JWKS_URI));
    }

    private String added(Stored found) {
        if (!found.discovery().isEmpty() && isForeign(found.discovery())) {
            return "it named the keys at " + text(found.discovery(), JWKS_URI)
                    + ", whose owner could use every role until now";
        }
        try {
            JsonWebKeys keys = JsonWebKeys.parse(found.keys());
            Set<String> unknown = new TreeSet<>(keys.unusable());
            keys.usable().values().stream().filter(key -> !known.contains(key)).forEach(key -> unknown.add(key.id()));
            return unknown.isEmpty()
                    ? "it added no key"
                    : "it added the keys " + String.join(", ", unknown)
                            + ", whose owner could use every role until now";
        } catch (IllegalArgumentException e) {
            return "what it wrote cannot be read (" + e.getMessage() + ")";
        }
    }

    /** Reports that these keys are to be published. A write without a response may have worked. */
    void expect(PublishedKeys keys) {
        own = own.map(_ -> keys);
        expected.add(keys.document());
    }

    /** Reports that exactly these keys are published, and returns whether that is new. */
    boolean confirm(PublishedKeys keys) {
        boolean isNew = !confirmed.equals(Optional.of(keys));
        confirmed = Optional.of(keys);
        own = confirmed;
        expected.clear();
        expected.add(keys.document());
        noted = "";
        return isNew;
    }

    /** Returns whether the program has published keys since its start. */
    boolean hasPublished() {
        return own.isPresent();
    }

    /** Returns what is published; empty if that is not known. */
    Optional<PublishedKeys> confirmed() {
        return confirmed;
    }

    private static PublishedKeys parsed(Stored found) {
        return found.keys().isEmpty() ? PublishedKeys.NONE : PublishedKeys.of(found.keys(), found.missing());
    }

    private static String text(String document, String field) {
        try {
            String text = JSON.readTree(document).path(field).asText();
            return text.isEmpty() ? "an unknown address" : text;
        } catch (JsonProcessingException e) {
            return "an unknown address";
        }
    }
}
