package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.aws.Paginator.Page;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.observed.RoleUse.LastUse;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleListing;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** Lists all roles of the account through the IAM API, with one page in memory at a time. */
public final class IamListing implements RoleListing {
    private static final Logger LOG = LoggerFactory.getLogger(IamListing.class);
    private static final AwsAction DETAILS = AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS;
    private static final AwsAction LIST = AwsAction.LIST_ROLES;

    private final IamClient iam;
    private final AwsCalls calls;
    private final int pageSize;

    /**
     * Uses this client; each call passes the interceptor.
     *
     * @param pageSize roles per page, 1 to 1000; IAM may return fewer
     */
    public IamListing(IamClient iam, CallInterceptor interceptor, int pageSize) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
        this.pageSize = pageSize;
    }

    @Override
    public void details(Consumer<ListedRole> each) {
        eachDetail(
                iam,
                calls,
                pageSize,
                role -> each.accept(new ListedRole(
                        part(role.roleName(), DETAILS),
                        Objects.requireNonNullElse(role.arn(), ""),
                        IamTags.seen(role.tags()),
                        boundary(role),
                        Optional.ofNullable(role.createDate()).map(_ -> use(role)),
                        () -> readable(role))));
    }

    /** Passes every role of the account with its policies. */
    public static void eachDetail(IamClient iam, AwsCalls calls, int pageSize, Consumer<RoleDetail> each) {
        var pages = calls.pages(
                DETAILS,
                "",
                marker -> iam.getAccountAuthorizationDetails(request ->
                        request.filter(EntityType.ROLE).maxItems(pageSize).marker(marker)),
                page -> Page.of(page.roleDetailList(), page.isTruncated(), page.marker()));
        Paginator.each(DETAILS, pages, page -> page.forEach(each));
    }

    /** Returns empty for an unreadable role, which must not hide all others. */
    private static Optional<Detail> readable(RoleDetail role) {
        try {
            return Optional.of(detail(role));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /** Converts the details of a role; throws a failure if a part of them is missing or unreadable. */
    public static Detail detail(RoleDetail role) {
        return new Detail(
                part(role.roleName(), DETAILS),
                part(role.path(), DETAILS),
                part(role.arn(), DETAILS),
                part(role.roleId(), DETAILS),
                boundary(role),
                IamTags.seen(role.tags()),
                PolicyDocumentReader.seen(role.assumeRolePolicyDocument(), DETAILS),
                policies(role));
    }

    /** Returns the ARN of the permissions boundary of a role; empty if it has none. */
    public static Optional<String> boundary(RoleDetail role) {
        return Optional.ofNullable(role.permissionsBoundary()).map(boundary -> boundary.permissionsBoundaryArn());
    }

    /** Returns when a role was created and last used. */
    public static RoleUse use(RoleDetail role) {
        return new RoleUse(
                part(role.createDate(), DETAILS),
                Optional.ofNullable(role.roleLastUsed())
                        .filter(use -> use.lastUsedDate() != null)
                        .map(use -> new LastUse(use.lastUsedDate(), Objects.requireNonNullElse(use.region(), ""))));
    }

    private static ObservedPolicies policies(RoleDetail role) {
        TreeSet<String> attached = new TreeSet<>();
        role.attachedManagedPolicies().forEach(policy -> attached.add(part(policy.policyArn(), DETAILS)));
        TreeMap<String, PolicyFingerprint> inline = new TreeMap<>();
        role.rolePolicyList()
                .forEach(policy -> inline.put(
                        part(policy.policyName(), DETAILS),
                        PolicyDocumentReader.seen(policy.policyDocument(), DETAILS)));
        return new ObservedPolicies(attached, inline);
    }

    @Override
    public void summaries(String pathPrefix, Consumer<Summary> each) {
        var pages = calls.pages(
                LIST,
                "",
                marker -> iam.listRoles(request ->
                        request.pathPrefix(pathPrefix).maxItems(pageSize).marker(marker)),
                page -> Page.of(page.roles(), page.isTruncated(), page.marker()));
        Paginator.each(LIST, pages, page -> page.forEach(role -> summary(role).ifPresent(each)));
    }

    /** Returns empty for an incomplete entry: one unreadable role must not hide all others. */
    private static Optional<Summary> summary(Role role) {
        if (role.roleName() == null || role.roleId() == null || role.maxSessionDuration() == null) {
            LOG.warn("{} returned an incomplete entry for role {}; this sweep skips the role", LIST, role.roleName());
            return Optional.empty();
        }
        return Optional.of(new Summary(
                role.roleName(),
                role.roleId(),
                Objects.requireNonNullElse(role.description(), ""),
                role.maxSessionDuration()));
    }
}
