package dev.irsa.kubectl.imports;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.maker.Maker;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Imported roles for tests. */
final class Imports {
    static final String ARN = "arn:aws:iam::111122223333:role/";

    private Imports() {}

    static IamServiceAccountSpec spec(String role, Map<String, String> tags) {
        return new IamServiceAccountSpec(
                List.of(),
                new RoleSpec(role, "/", "", RoleSpec.MIN_SESSION_SECONDS, null, tags, AdoptionPolicy.IfOffered),
                null,
                new PoliciesSpec(List.of("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"), List.of()),
                TokenSpec.DEFAULT,
                DeletionPolicy.Retain,
                true,
                List.of(Delivery.IRSA),
                null);
    }

    /** Returns a role that can be adopted. */
    static ImportedAccount importable(String namespace, String name) {
        return account(
                namespace,
                name,
                Optional.of(live(name)),
                new RoleImport.Importable(spec(name, Map.of()), List.of()),
                Maker.UNKNOWN);
    }

    static ImportedAccount refused(String namespace, String name, String why) {
        return account(namespace, name, Optional.empty(), new RoleImport.Refused(why, "correct it"), Maker.UNKNOWN);
    }

    /** Returns a role that only a file of eksctl declares. */
    static ImportedAccount declared(String namespace, String name) {
        return account(
                namespace,
                name,
                Optional.empty(),
                new RoleImport.Importable(spec(name, Map.of()), List.of()),
                Maker.EKSCTL);
    }

    private static ImportedAccount account(
            String namespace, String name, Optional<LiveRole> role, RoleImport result, Maker maker) {
        AccountKey key = new AccountKey(namespace, name);
        return new ImportedAccount(
                ImportCandidate.without(key, ARN + name),
                new RoleMaker(maker, true, List.of("iam.serviceAccounts[0]")),
                role,
                result,
                Optional.empty());
    }

    static LiveRole live(String name) {
        PolicyDocument trust = PolicyDocument.parse("{\"Statement\":[]}");
        ObservedRole role = new ObservedRole(
                name,
                "/",
                ARN + name,
                "AROA" + name,
                "",
                3600,
                Optional.empty(),
                new TreeMap<>(),
                trust.fingerprint(),
                Optional.empty());
        return new LiveRole(role, trust, new TreeSet<>(), new TreeMap<>());
    }
}
