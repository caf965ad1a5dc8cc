package dev.irsa.fake;

/**
 * Where moto 5.2.5 is not like IAM. A case of the {@link IamContract} that meets one asserts what moto does instead,
 * so that it fails, and the entry goes, when moto is mended.
 */
enum Difference {
    ACCEPTS_ANY_ROLE_NAME("takes role names with any character and of any length"),
    ACCEPTS_ANY_PATH("takes paths that do not begin and end with a slash"),
    ACCEPTS_ANY_DESCRIPTION("takes descriptions of any length and character"),
    ACCEPTS_ANY_SESSION("takes sessions outside 3600 to 43200 seconds"),
    ACCEPTS_ANY_TRUST_AT_CREATION("looks at a trust policy only in UpdateAssumeRolePolicy"),
    ACCEPTS_A_TRUST_WITHOUT_PRINCIPAL("does not miss the principal in a trust policy"),
    ACCEPTS_ABSENT_BOUNDARIES("takes any boundary that looks like an ARN"),
    ACCEPTS_RESERVED_TAGS("takes tag keys that begin with aws:"),
    ACCEPTS_A_PRINCIPAL_IN_INLINE_POLICIES("takes a principal in an inline policy"),
    HAS_NO_QUOTAS("knows no quota on roles, attached policies, inline policies or trust policies"),
    NAMES_ARE_CASE_SENSITIVE("has two roles when their names differ in case"),
    TAG_KEYS_ARE_CASE_SENSITIVE("has two tags when TagRole names a key in another case"),
    FORGETS_THE_DESCRIPTION("forgets the description when UpdateRole comes without one"),
    KEEPS_SILENT_ABOUT_ABSENT_BOUNDARIES("deletes a boundary that is not there"),
    LISTS_INLINE_POLICIES_ON_ONE_PAGE("gives ListRolePolicies as one page whatever is asked"),
    SHOWS_AN_EMPTY_LAST_PAGE("says of a full page of attached policies that there are more when there are none"),
    DETAILS_ON_ONE_PAGE("gives GetAccountAuthorizationDetails as one page whatever is asked"),
    CANNOT_ADD_AN_AUDIENCE("does not know AddClientIDToOpenIDConnectProvider"),
    ACCEPTS_ANY_PROVIDER_URL("takes a URL of an OIDC provider with any scheme, and drops its query"),
    CALLS_A_BAD_PROVIDER_URL_A_VALIDATION_ERROR("refuses a URL without scheme with ValidationError, not InvalidInput"),
    DETAILS_WITH_PLAIN_TRUST("gives the trust policy in GetAccountAuthorizationDetails as plain JSON");

    private final String sentence;

    Difference(String sentence) {
        this.sentence = "moto " + sentence;
    }

    @Override
    public String toString() {
        return sentence;
    }
}
