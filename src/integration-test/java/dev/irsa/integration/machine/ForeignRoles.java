package dev.irsa.integration.machine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Foreign roles, each with one inline policy of 10 KB. They appear in listings only and are generated on demand.
 *
 * @param count how many
 * @param policy the policy document as it appears in an answer
 */
record ForeignRoles(int count, String policy) implements RoleListing {
    /** Creates policies of 10,240 characters, the maximum of IAM for the inline policies of a role. */
    private static final int BUCKETS = 260;

    static ForeignRoles of(int count) {
        return new ForeignRoles(count, encoded("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[%s]}]}""".formatted(IntStream.range(0, BUCKETS)
                .mapToObj("\"arn:aws:s3:::bucket-%05d/readings/*\""::formatted)
                .collect(Collectors.joining(",")))));
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public String element(int index) {
        var name = "foreign-" + index;
        return "<member><Path>/foreign/</Path><RoleName>" + name + "</RoleName><RoleId>AROAFOREIGN"
                + (1_000_000 + index)
                + "</RoleId><Arn>arn:aws:iam::123456789012:role/foreign/" + name + "</Arn>"
                + "<CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>" + trust()
                + "</AssumeRolePolicyDocument><InstanceProfileList/><RolePolicyList><member><PolicyName>read</PolicyName>"
                + "<PolicyDocument>" + policy + "</PolicyDocument></member></RolePolicyList><AttachedManagedPolicies/>"
                + "<Tags><member><Key>team</Key><Value>others</Value></member></Tags><RoleLastUsed/></member>";
    }

    private static String trust() {
        return encoded("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
                "Action":"sts:AssumeRole"}]}""");
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
