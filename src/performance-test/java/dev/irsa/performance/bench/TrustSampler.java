package dev.irsa.performance.bench;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.ExclusiveTrust;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** Checks again and again that the trust policy of each role admits exactly its ServiceAccount. */
final class TrustSampler implements AutoCloseable {
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final IamClient iam;
    private final String provider;
    private final Map<String, String> subjects;
    private final AtomicInteger samples = new AtomicInteger();
    private final Thread thread;
    private volatile Optional<String> violation = Optional.empty();
    private volatile boolean stopped;

    /**
     * Starts to check.
     *
     * @param account reached without the proxy, so that these calls are not counted
     * @param issuer of the cluster, without its scheme
     * @param subjects of the tokens that the roles admit, by the names of the roles
     */
    TrustSampler(URI account, String issuer, Map<String, String> subjects) {
        this.iam = IamClients.at(account);
        this.provider = "arn:aws:iam::123456789012:oidc-provider/" + issuer;
        this.subjects = Map.copyOf(subjects);
        sample();
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            while (!stopped) {
                sample();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            violation = Optional.of("the roles cannot be read: " + e);
        }
    }

    private void sample() {
        var seen = iam
                .getAccountAuthorizationDetailsPaginator(request -> request.filter(EntityType.ROLE))
                .roleDetailList()
                .stream()
                .filter(role -> subjects.containsKey(role.roleName()))
                .toList();
        if (seen.size() != subjects.size()) {
            violation = Optional.of(seen.size() + " of " + subjects.size() + " roles exist");
        }
        seen.stream()
                .filter(role -> !isExact(role))
                .findFirst()
                .ifPresent(role -> violation =
                        Optional.of(role.roleName() + " has the trust policy " + role.assumeRolePolicyDocument()));
        samples.incrementAndGet();
    }

    private boolean isExact(RoleDetail role) {
        var document = PolicyDocument.parse(URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8));
        return ExclusiveTrust.of(document, provider, subjects.getOrDefault(role.roleName(), ""), AUDIENCE)
                        instanceof ExclusiveTrust.Exclusive(var audiences)
                && audiences.equals(Set.of(AUDIENCE));
    }

    /**
     * Checks once more.
     *
     * @return how often each role was checked
     * @throws IllegalStateException if a trust policy ever admitted anyone else, or not its ServiceAccount
     */
    int stop() throws InterruptedException {
        stopped = true;
        thread.join();
        if (violation.isEmpty()) {
            sample();
        }
        if (violation.isPresent()) {
            throw new IllegalStateException(violation.get());
        }
        return samples.get();
    }

    @Override
    public void close() {
        stopped = true;
        iam.close();
    }
}
