package dev.irsa.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.Issuer;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.issuer.JsonWebKeys;
import dev.irsa.core.issuer.KeyRotation.Live;
import dev.irsa.core.issuer.PublicKey;
import dev.irsa.core.issuer.PublishedKeys;
import dev.irsa.core.issuer.SampleKeys;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.issuer.DocumentStore.Stored;
import dev.irsa.issuer.IssuerPublisher.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerPublisherTest {
    private static final Issuer ISSUER = new Issuer("https://tokens.example.com/production");
    private static final Duration POLL = Duration.ofSeconds(10);

    private final VirtualClock clock = new VirtualClock();
    private final Bucket bucket = new Bucket();
    private SortedMap<String, PublicKey> live = SampleKeys.of("a");
    private Set<String> dropped = Set.of();
    private List<String> unusable = List.of();
    private List<String> problems = List.of();
    private Optional<String> publicProblem = Optional.empty();
    private int publicReads;
    private IssuerPublisher publisher = publisher("uid-1");

    private IssuerPublisher publisher(String cluster, String... previous) {
        return new IssuerPublisher(
                ISSUER,
                () -> new ApiServers.Reading(new Live(live, problems.isEmpty()), unusable, problems),
                bucket.of(cluster),
                expected -> {
                    publicReads++;
                    return publicProblem;
                },
                new PublisherSettings(
                        "s3://tokens", cluster, Set.of(previous), Duration.ofHours(24), dropped, Duration.ofMinutes(5)),
                clock);
    }

    /** A bucket that checks conditions as S3 does. */
    private static final class Bucket {
        private Stored stored = Stored.NOTHING;
        private boolean away;
        private boolean losesAnswers;
        private boolean deniesWrites;
        private boolean isRaced;
        private int reads;
        private int writes;

        DocumentStore of(String cluster) {
            return new DocumentStore() {
                @Override
                public Stored read() {
                    answer(away);
                    reads++;
                    return stored;
                }

                @Override
                public Optional<Stored> write(Documents documents, Stored before) {
                    answer(away || deniesWrites);
                    if (isRaced) {
                        isRaced = false;
                        put(IssuerPublisherTest.document(SampleKeys.of("of-another")), "", "uid-of-another", "");
                    }
                    if (!before.keysVersion().equals(stored.keysVersion())
                            || !before.discoveryVersion().equals(stored.discoveryVersion())) {
                        return Optional.empty();
                    }
                    writes++;
                    put(documents.keys().document(), documents.keys().missing(), cluster, documents.discovery());
                    answer(losesAnswers);
                    return Optional.of(stored);
                }
            };
        }

        private static void answer(boolean fails) {
            if (fails) {
                throw new FailureException(new Failure.Passing(Reason.AwsUnavailable, "S3 is down"));
            }
        }

        /** Puts both objects, as any client with permission can. */
        void put(String keys, String missing, String cluster, String discovery) {
            String version = "version-" + UUID.randomUUID();
            stored = new Stored(keys, missing, cluster, discovery, version, version);
        }

        /** Puts other keys, and leaves everything else as it is. */
        void forge(String keys) {
            put(keys, stored.missing(), stored.cluster(), stored.discovery());
        }

        SortedMap<String, PublicKey> all() {
            return JsonWebKeys.parse(stored.keys()).usable();
        }

        Set<String> keys() {
            return all().keySet();
        }
    }

    private static String document(SortedMap<String, PublicKey> keys) {
        return new PublishedKeys(keys, new TreeMap<>()).document();
    }

    private Result pass(Duration time) {
        clock.pass(time);
        return publisher.step();
    }

    @Test
    void publishesKeysAndDiscoveryDocument() {
        assertThat(publisher.step().problem()).isEmpty();

        assertThat(bucket.keys()).containsExactly("a");
        assertThat(bucket.stored.discovery())
                .contains("\"issuer\":\"https://tokens.example.com/production\"")
                .contains("\"jwks_uri\":\"https://tokens.example.com/production/openid/v1/jwks\"")
                .contains("\"id_token_signing_alg_values_supported\":[\"RS256\",");
    }

    @Test
    void asksNothingOfAwsWhileNothingChanges() {
        publisher.step();
        int reads = bucket.reads;
        for (int i = 0; i < 29; i++) {
            assertThat(pass(POLL))
                    .satisfies(result -> assertThat(result.problem()).isEmpty());
        }

        assertThat(bucket.reads).isEqualTo(reads);
        assertThat(bucket.writes).isEqualTo(1);
        assertThat(publicReads).isEqualTo(1);
        pass(POLL);
        assertThat(bucket.reads).isEqualTo(reads + 1);
        assertThat(publicReads).isEqualTo(2);
    }

    @Test
    void publishesRotatedKeyAtOnceAndRemovesOldOneAfterRetention() {
        publisher.step();
        live = SampleKeys.of("b");
        pass(POLL);

        assertThat(bucket.keys()).containsExactly("a", "b");
        publisher = publisher("uid-1");
        pass(Duration.ofHours(23));
        assertThat(bucket.keys()).containsExactly("a", "b");
        pass(Duration.ofHours(1));
        assertThat(bucket.keys()).containsExactly("b");
    }

    @Test
    void reportsProblemWhileBucketIsDownAndCatchesUp() {
        publisher.step();
        bucket.away = true;
        live = SampleKeys.of("b");

        assertThat(pass(POLL).problem()).contains("S3 is down");
        assertThat(pass(Duration.ofHours(1)).problem()).contains("S3 is down");
        bucket.away = false;
        assertThat(pass(POLL).problem()).isEmpty();
        assertThat(bucket.keys()).containsExactly("a", "b");
    }

    @Test
    void noticesThatTheBucketIsDownAlthoughNothingChanges() {
        publisher.step();
        bucket.away = true;

        assertThat(pass(Duration.ofMinutes(5)).problem()).contains("S3 is down");
    }

    @Test
    void restoresWhatAnotherClientChanged() {
        publisher.step();
        bucket.stored = Stored.NOTHING;
        pass(Duration.ofMinutes(5));

        assertThat(bucket.keys()).containsExactly("a");
    }

    @Test
    void readsAgainIfAnotherReplicaHasWritten() {
        publisher.step();
        IssuerPublisher other = publisher("uid-1");
        live = SampleKeys.of("a", "b");
        other.step();
        live = SampleKeys.of("a", "b", "c");

        assertThat(pass(POLL).problem()).isEmpty();
        assertThat(bucket.keys()).containsExactly("a", "b", "c");
    }

    @Test
    void removesKeyThatNoApiServerHadAndNamesIt() {
        publisher.step();
        bucket.forge(document(SampleKeys.of("a", "forged")));

        assertThat(pass(Duration.ofMinutes(5)).byOthers().orElseThrow())
                .contains("another client changed the documents in s3://tokens", "forged", "CloudTrail");
        assertThat(bucket.keys()).containsExactly("a");
        assertThat(pass(POLL).byOthers()).isEmpty();
    }

    @Test
    void replacesForgedKeyThatHasTheIdOfAnother() {
        publisher.step();
        live = SampleKeys.of("b");
        pass(POLL);
        TreeMap<String, PublicKey> forged = new TreeMap<>(SampleKeys.of("b"));
        forged.put("a", SampleKeys.rsa("a", "modulus-of-another"));
        bucket.forge(document(forged));

        assertThat(pass(Duration.ofMinutes(5)).byOthers().orElseThrow()).contains("added the keys a");
        assertThat(bucket.all()).isEqualTo(SampleKeys.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"a\", \"n\": \"forged\", \"e\": \"AQAB\"},"
                        + " {\"kty\": \"RSA\", \"kid\": \"a\", \"n\": \"modulus-a\", \"e\": \"AQAB\"}]}",
                "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"a\", \"n\": \"modulus-a\", \"e\": \"AQAB\"},"
                        + " {\"kty\": \"OKP\", \"kid\": \"forged\", \"crv\": \"Ed25519\", \"x\": \"x\"}]}",
                "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"forged\", \"e\": \"AQAB\"}]}",
                "not JSON",
                ""
            })
    void restoresWhateverAnotherClientWrote(String document) {
        publisher.step();
        String before = bucket.stored.keys();
        bucket.forge(document);

        assertThat(pass(Duration.ofMinutes(5)).byOthers()).isPresent();
        assertThat(bucket.stored.keys()).isEqualTo(before);
    }

    @Test
    void restoresKeysThatAnotherClientMarkedAsThoseOfAnotherCluster() {
        publisher.step();
        bucket.put(document(SampleKeys.of("forged")), "", "uid-of-another", bucket.stored.discovery());

        assertThat(pass(Duration.ofMinutes(5)).byOthers()).isPresent();
        assertThat(bucket.keys()).containsExactly("a");
    }

    @Test
    void namesForgedDiscoveryDocumentAndRestoresIt() {
        publisher.step();
        String before = bucket.stored.discovery();
        String forged = "{\"issuer\": \"" + ISSUER.url() + "\", \"jwks_uri\": \"https://keys.example.net\"}";
        bucket.put(bucket.stored.keys(), "", "uid-1", forged);

        assertThat(pass(Duration.ofMinutes(5)).byOthers().orElseThrow()).contains("https://keys.example.net");
        assertThat(bucket.stored.discovery()).isEqualTo(before);
        bucket.put(bucket.stored.keys(), "", "uid-1", forged);
        publisher = publisher("uid-1");
        assertThat(publisher.step().byOthers().orElseThrow()).contains("https://keys.example.net");
        assertThat(bucket.stored.discovery()).isEqualTo(before);
    }

    @Test
    void namesForgedKeysOnceAlsoIfItCannotRestoreThem() {
        publisher.step();
        bucket.forge(document(SampleKeys.of("a", "forged")));
        bucket.deniesWrites = true;

        assertThat(pass(Duration.ofMinutes(5)).byOthers().orElseThrow()).contains("forged");
        assertThat(pass(POLL).byOthers()).isEmpty();
        bucket.deniesWrites = false;
        assertThat(pass(POLL).problem()).isEmpty();
        assertThat(bucket.keys()).containsExactly("a");
    }

    @Test
    void restoresKeysWhileNoApiServerAnswers() {
        publisher.step();
        live = SampleKeys.of();
        problems = List.of("no response");
        bucket.forge(document(SampleKeys.of("forged")));

        Result result = pass(Duration.ofMinutes(5));
        assertThat(result.problem()).contains("no response");
        assertThat(result.byOthers()).isPresent();
        assertThat(bucket.keys()).containsExactly("a");
    }

    @Test
    void doesNotSayThatTheUrlIsUpToDateAfterAnOutageBeforeItIs() {
        publisher.step();
        bucket.away = true;
        live = SampleKeys.of("a", "b");
        pass(POLL);
        bucket.away = false;
        publicProblem = Optional.of("the URL shows an old document");

        assertThat(pass(POLL).problem()).contains("the URL shows an old document");
    }

    @Test
    void keepsAndNamesKeysThatItFindsAtItsStart() {
        bucket.put(document(SampleKeys.of("a", "by-hand")), "", "", "");

        assertThat(publisher.step().byOthers().orElseThrow()).contains("by-hand", "--drop-key");
        assertThat(bucket.keys()).containsExactly("a", "by-hand");
        assertThat(pass(POLL).byOthers()).isEmpty();
    }

    @Test
    void saysNothingAboutKeysThatItRetainedBeforeItsRestart() {
        publisher.step();
        live = SampleKeys.of("b");
        pass(POLL);
        publisher = publisher("uid-1");

        assertThat(publisher.step().byOthers()).isEmpty();
        assertThat(bucket.keys()).containsExactly("a", "b");
    }

    @Test
    void leavesKeysAloneThatNoApiServerHas() {
        bucket.put(document(SampleKeys.of("of-another")), "", "", "");

        assertThat(publisher.step().problem().orElseThrow()).contains("may be those of another cluster");
        assertThat(bucket.keys()).containsExactly("of-another");
    }

    @Test
    void leavesTheDiscoveryDocumentOfAnotherIssuerAlone() {
        bucket.put("", "", "", "{\"issuer\": \"https://other.example.com\"}");

        assertThat(publisher.step().problem().orElseThrow()).contains("https://other.example.com");
        assertThat(bucket.stored.keys()).isEmpty();
    }

    @Test
    void takesItsOwnWriteWithoutAResponseForItsOwn() {
        publisher.step();
        bucket.losesAnswers = true;
        live = SampleKeys.of("a", "b");
        assertThat(pass(POLL).problem()).contains("S3 is down");
        bucket.losesAnswers = false;

        Result next = pass(POLL);
        assertThat(next.byOthers()).isEmpty();
        assertThat(next.changed()).isTrue();
        assertThat(next.problem()).isEmpty();
    }

    @Test
    void leavesTheKeysOfAnotherClusterAloneThatPublishedAtTheSameTime() {
        bucket.isRaced = true;

        assertThat(publisher.step().problem().orElseThrow()).contains("those of the cluster", "uid-of-another");
        assertThat(bucket.keys()).containsExactly("of-another");
    }

    @Test
    void writesTheDiscoveryDocumentAfterACrashBetweenTheTwo() {
        publisher.step();
        bucket.put(bucket.stored.keys(), "", "uid-1", "");
        publisher = publisher("uid-1");

        assertThat(publisher.step().problem()).isEmpty();
        assertThat(bucket.stored.discovery()).contains(ISSUER.url());
    }

    @Test
    void allowsCachesAMinuteBeforeItReportsThatTheUrlIsStale() {
        publisher.step();
        live = SampleKeys.of("a", "b");
        publicProblem = Optional.of("the URL shows an old document");

        assertThat(pass(POLL).problem()).isEmpty();
        assertThat(pass(Duration.ofSeconds(80)).problem()).isEmpty();
        assertThat(pass(POLL).problem()).contains("the URL shows an old document");
        assertThat(pass(POLL).problem()).contains("the URL shows an old document");
        publicProblem = Optional.empty();
        assertThat(pass(POLL).problem()).isEmpty();
    }

    @Test
    void changesNothingIfAllKeysAreDropped() {
        publisher.step();
        dropped = Set.of("a");
        publisher = publisher("uid-1");

        assertThat(publisher.step().problem().orElseThrow()).contains("--drop-key");
        assertThat(bucket.keys()).containsExactly("a");
    }

    /** The earlier key is still published for the tokens that it signed, but no API server signs with it. */
    @Test
    void changesNothingIfOnlyAnEarlierKeyIsNotDropped() {
        publisher.step();
        live = SampleKeys.of("b");
        pass(POLL);
        dropped = Set.of("b");
        publisher = publisher("uid-1");

        assertThat(publisher.step().problem().orElseThrow()).contains("--drop-key", "rotate the key first");
        assertThat(bucket.keys()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void namesDroppedKeyThatDoesNotExistOnce() {
        live = SampleKeys.of("a", "b");
        publisher.step();
        dropped = Set.of("b", "misspelled");
        publisher = publisher("uid-1");

        assertThat(publisher.step().unmatched()).containsExactly("misspelled");
        assertThat(pass(POLL).unmatched()).isEmpty();
        assertThat(bucket.keys()).containsExactly("a");
    }

    /** Another API server may have the key. */
    @Test
    void doesNotNameDroppedKeyBeforeItHasReadAllApiServers() {
        dropped = Set.of("b");
        publisher = publisher("uid-1");
        problems = List.of("one API server is down");
        assertThat(publisher.step().unmatched()).isEmpty();

        problems = List.of();
        assertThat(pass(POLL).unmatched()).containsExactly("b");
    }

    @Test
    void reportsKeyThatAwsDoesNotAcceptBesideOthers() {
        unusable = List.of("\"new\" (EdDSA)");

        assertThat(publisher.step().problem().orElseThrow()).contains("\"new\" (EdDSA)");
        assertThat(bucket.keys()).containsExactly("a");
    }

    @Test
    void leavesTheKeysOfAnotherClusterAlone() {
        publisher("uid-of-another").step();
        live = SampleKeys.of("b");

        assertThat(publisher.step().problem().orElseThrow())
                .contains("those of the cluster", "uid-of-another", "--previous-cluster-id");
        assertThat(bucket.keys()).containsExactly("a");
        publisher = publisher("uid-1", "uid-of-another");
        assertThat(publisher.step().problem()).isEmpty();
        assertThat(bucket.keys()).containsExactly("a", "b");
    }

    @Test
    void publishesUnionWhileOneApiServerIsAway() {
        publisher.step();
        live = SampleKeys.of("b");
        problems = List.of("cannot read the API server https://10.0.0.2:6443");

        assertThat(pass(POLL).problem().orElseThrow()).contains("10.0.0.2");
        assertThat(bucket.keys()).containsExactly("a", "b");
        assertThat(bucket.stored.missing()).isEmpty();
    }

    @Test
    void changesNothingWithoutAnApiServer() {
        publisher.step();
        live = SampleKeys.of();
        problems = List.of("no response");

        assertThat(pass(Duration.ofDays(3)).problem()).contains("no response");
        assertThat(bucket.keys()).containsExactly("a");
    }

    @Test
    void namesTheSettingForAnotherAlgorithm() {
        live = SampleKeys.of();
        unusable = List.of("\"talos\" (EdDSA)");

        assertThat(publisher.step().problem().orElseThrow())
                .contains("\"talos\" (EdDSA)", "--service-account-signing-key-file");
        assertThat(bucket.stored).isEqualTo(Stored.NOTHING);
    }

    @Test
    void reportsUntilThePublicUrlShowsTheDocuments() {
        publicProblem = Optional.of("the URL returns HTTP status 403");

        assertThat(publisher.step().problem()).contains("the URL returns HTTP status 403");
        assertThat(pass(POLL).problem()).contains("the URL returns HTTP status 403");
        publicProblem = Optional.empty();
        assertThat(pass(POLL).problem()).isEmpty();
    }
}
