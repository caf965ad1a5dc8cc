package dev.irsa.kubectl.report;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.access.AccessPolicy;
import dev.irsa.core.access.AllowedAccess;
import dev.irsa.core.access.ClusterTrust;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.policy.OidcProviderArn;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.ExclusiveTrust;
import dev.irsa.core.trust.PodIdentitySession;
import dev.irsa.kubectl.access.AccountRole;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.access.WhoCan;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.report.ReportedRole.Policy;
import dev.irsa.kubectl.report.ReportedRole.Raised;
import dev.irsa.kubectl.report.ReportedRole.Trust;
import dev.irsa.kubectl.report.ReportedRole.Use;
import dev.irsa.kubectl.report.ReportedRole.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Computes the report. */
public final class ReportBuilder {
    private final ReportSources sources;
    private final Instant now;
    private final Map<AccountKey, IamServiceAccount> resources;
    private final ProtectedPolicies protectedPolicies;

    /** @param now the time of the report */
    public ReportBuilder(ReportSources sources, Instant now) {
        this.sources = sources;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.resources = sources.resources().stream()
                .collect(Collectors.toMap(AccountKey::of, resource -> resource, (one, _) -> one));
        this.protectedPolicies =
                sources.operator().map(ClusterIdentity::protectedPolicies).orElse(ProtectedPolicies.OF_AWS);
    }

    /** Returns the report. */
    public AccessReport report() {
        Map<String, List<Grant>> byRole = sources.access().grants().stream()
                .collect(Collectors.groupingBy(grant -> grant.role().arn(), LinkedHashMap::new, Collectors.toList()));
        List<NotRead> notRead = new ArrayList<>(sources.access().notRead());
        sources.notShown().forEach(why -> notRead.add(NotRead.of("", why)));
        List<ReportedRole> roles =
                byRole.values().stream().map(grants -> role(grants, notRead)).toList();
        return new AccessReport(
                AccessReport.KIND,
                now.toString(),
                sources.operator().map(ClusterIdentity::name).orElse(null),
                sources.issuer(),
                sources.namespace().orElse(null),
                null,
                roles,
                WhoCan.NOT_SEEN,
                notRead.stream().distinct().toList(),
                null);
    }

    private ReportedRole role(List<Grant> grants, List<NotRead> notRead) {
        AccountRole role = grants.getFirst().role();
        Map<String, PolicyDocument> documents = sources.access().documents();
        RoleAccess access = role.access(documents);
        String account = RoleArn.of(role.arn()).map(RoleArn::account).orElse("");
        Stream.concat(access.policies().stream(), access.boundary().stream())
                .filter(policy -> !policy.isKnown())
                .map(AccessPolicy::name)
                .forEach(arn -> notRead.add(NotRead.of(account, "policy " + arn + " could not be read")));
        Optional<IamServiceAccount> resource = grants.stream()
                .flatMap(grant -> grant.resource().stream()
                        .map(name -> new AccountKey(grant.serviceAccount().namespace(), name)))
                .flatMap(key -> Stream.ofNullable(resources.get(key)))
                .findFirst();
        List<String> others = alsoAdmits(role, grants);
        return new ReportedRole(
                null,
                role.arn(),
                account,
                role.tags(),
                Use.of(role.use()),
                grants.stream().map(User::of).toList(),
                resource.map(IamServiceAccount::getStatus)
                        .map(IamServiceAccountStatus::entitlement)
                        .orElse(null),
                role.boundary()
                        .map(arn -> Policy.of(arn, Optional.ofNullable(documents.get(arn))))
                        .orElse(null),
                policies(role, documents),
                new Trust(role.trust().fingerprint().digest(), others),
                AllowedAccess.of(access),
                access.denials(),
                flags(new RoleFacts(role, access, resource, others, documents, protectedPolicies, now)));
    }

    private static List<Policy> policies(AccountRole role, Map<String, PolicyDocument> documents) {
        return Stream.concat(
                        role.inline().entrySet().stream()
                                .map(policy -> Policy.of(policy.getKey(), Optional.of(policy.getValue()))),
                        role.managed().stream().map(arn -> Policy.of(arn, Optional.ofNullable(documents.get(arn)))))
                .toList();
    }

    private static List<Raised> flags(RoleFacts facts) {
        return Arrays.stream(Flag.values())
                .map(flag -> new Raised(flag.toString(), flag.reasons(facts)))
                .filter(raised -> !raised.reasons().isEmpty())
                .toList();
    }

    /** EKS Pod Identity is for whom an association names, and its role is one of the ServiceAccount then. */
    private List<String> alsoAdmits(AccountRole role, List<Grant> grants) {
        Set<String> linked = grants.stream()
                .filter(grant -> grant.link() != Link.trustPolicy)
                .map(Grant::serviceAccount)
                .map(account -> ClusterTrust.subject(account.namespace(), account.name()))
                .collect(Collectors.toSet());
        Set<String> providers = Stream.concat(
                        Stream.of(sources.issuer()),
                        sources.operator().stream().flatMap(cluster -> cluster.previousProviders().stream()))
                .flatMap(issuer -> RoleArn.of(role.arn()).map(arn -> arn.oidcProvider(issuer)).stream())
                .collect(Collectors.toSet());
        return providers.stream()
                .flatMap(provider -> ExclusiveTrust.others(role.trust(), provider, linked).stream())
                .filter(other -> providers.stream().noneMatch(provider -> areTokens(other, provider)))
                .distinct()
                .sorted()
                .filter(other -> !other.startsWith("service " + PodIdentitySession.SERVICE))
                .toList();
    }

    private static boolean areTokens(String other, String provider) {
        String tokens = ExclusiveTrust.TOKENS_OF + provider;
        return OidcProviderArn.mayBeSame(other, tokens)
                || OidcProviderArn.mayBeSame(other, tokens + ExclusiveTrust.LIMITED);
    }
}
