package dev.irsa.fake;

import java.util.Set;
import java.util.function.Predicate;

/** The account: where it lies, its quotas, and which managed policies exist in it. All but its id can be set anew. */
public final class Account {
    private final String partition;
    private final String id;
    private volatile Quotas quotas = Quotas.defaults();
    private volatile Predicate<String> awsManagedPolicies = name -> !name.contains("NoSuch");
    private volatile Predicate<String> customerPolicies = arn -> !arn.contains("NoSuch");
    private volatile boolean caseSensitiveLookups;

    Account(String partition, String id) {
        this.partition = partition;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        return partition;
    }

    public Quotas quotas() {
        return quotas;
    }

    /** As when AWS raises a quota, or as a test needs a small one. */
    public void quotas(Quotas changed) {
        quotas = changed;
    }

    /** Which policies AWS offers, by what follows {@code :policy/}. At first all without NoSuch in the name. */
    public void awsManagedPolicies(Predicate<String> exist) {
        awsManagedPolicies = exist;
    }

    /** Which policies the account has of its own, by ARN. At first all without NoSuch in the ARN. */
    public void customerPolicies(Set<String> arns) {
        customerPolicies = Set.copyOf(arns)::contains;
    }

    /**
     * IAM keeps role names unique without regard to case. Whether a lookup finds a role by a name in another case it
     * does not promise: here it does, unless this is set.
     */
    public void caseSensitiveLookups(boolean sensitive) {
        caseSensitiveLookups = sensitive;
    }

    boolean isSameName(String asked, String name) {
        return caseSensitiveLookups ? asked.equals(name) : asked.equalsIgnoreCase(name);
    }

    /** May this policy be attached, or be a boundary? */
    boolean hasPolicy(String arn) {
        var managedByAws = "arn:" + partition + ":iam::aws:policy/";
        if (arn.startsWith(managedByAws)) {
            return awsManagedPolicies.test(arn.substring(managedByAws.length()));
        }
        return arn.startsWith("arn:" + partition + ":iam::" + id + ":policy/") && customerPolicies.test(arn);
    }

    String roleArn(String path, String name) {
        return "arn:" + partition + ":iam::" + id + ":role" + path + name;
    }

    String oidcProviderArn(String name) {
        return "arn:" + partition + ":iam::" + id + ":oidc-provider/" + name;
    }

    String instanceProfileArn(String name) {
        return "arn:" + partition + ":iam::" + id + ":instance-profile/" + name;
    }
}
