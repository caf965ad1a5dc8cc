package dev.irsa.kubectl;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.kubectl.aws.IamRoleOffers;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportText;
import dev.irsa.kubectl.imports.ImportedAccount;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import dev.irsa.port.RoleReads;
import dev.irsa.runtime.StartFailure;
import java.io.Console;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Offers roles to the resources that can adopt them. Only named roles are offered, and only to the ServiceAccount that their
 * trust policies admit already. All are checked before the first is tagged.
 *
 * @param confirmed whether the user has agreed already
 */
record RoleOffering(ImportPlan plan, ClusterIdentity cluster, Output output, boolean confirmed) {
    /** A role as the user has seen it, and the resource that it is offered to. */
    private record Offer(LiveRole role, String to) {
        String name() {
            return role.role().name();
        }
    }

    /** Offers the roles with these names or ARNs; returns the exit code. */
    int offer(List<String> names, AccountReaders readers) {
        List<Offer> offers = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            Optional<Offer> offer = offer(name);
            if (offer.isEmpty()) {
                return StartFailure.ENVIRONMENT;
            }
            offers.add(offer.get());
        }
        output.print(ImportText.of(plan.withRoles(names), output.terminal()));
        for (Offer offer : offers) {
            output.note("Role " + offer.name() + " will be offered to IamServiceAccount " + offer.to() + " by the tag "
                    + OwnershipTags.ADOPTABLE_BY + ".");
        }
        if (!confirmed && !confirm()) {
            output.fail("no role is offered; confirm with y, or pass --yes");
            return StartFailure.ENVIRONMENT;
        }
        for (Offer offer : offers) {
            if (!isUnchanged(offer.role().role(), aws(offer, readers).roles())) {
                output.fail("role " + offer.name() + " has changed since it was read, so no role is offered; run the"
                        + " command again");
                return StartFailure.ENVIRONMENT;
            }
        }
        for (Offer offer : offers) {
            new IamRoleOffers(aws(offer, readers).clients().iam()).offer(offer.name(), offer.to());
            output.note("Offered role " + offer.name() + ".");
        }
        output.note("Next, apply the resources; they are suspended.");
        return 0;
    }

    /** The role was read before in this account. */
    private AwsReads aws(Offer offer, AccountReaders readers) {
        String id = RoleArn.of(offer.role().role().arn()).orElseThrow().account();
        return readers.in(id).known().orElseThrow();
    }

    private Optional<Offer> offer(String name) {
        List<ImportedAccount> named = plan.accounts().stream()
                .filter(account -> account.isNamed(name))
                .toList();
        Optional<ImportedAccount> adoptable =
                named.stream().filter(RoleOffering::isAdoptable).findFirst();
        if (adoptable.isPresent()) {
            AccountKey key = adoptable.get().key();
            return Optional.of(new Offer(
                    adoptable.get().role().orElseThrow(),
                    cluster.owner(key.namespace(), key.name()).offer()));
        }
        String why = named.stream()
                .map(RoleOffering::problem)
                .findFirst()
                .or(() -> elsewhere(name))
                .orElse("no ServiceAccount that was read has it, or an IamServiceAccount manages it already; set"
                        + " --namespace, use -A, or pass the file that names it");
        output.fail("role " + name + " cannot be offered: " + why);
        return Optional.empty();
    }

    /** Returns that only another account has a role of the name. */
    private Optional<String> elsewhere(String name) {
        return plan.accounts().stream()
                .filter(account -> account.roleName().equals(name))
                .map(account -> account.candidate().roleArn())
                .findFirst()
                .map(arn -> "it is in another account; pass its ARN, " + arn);
    }

    private static boolean isAdoptable(ImportedAccount account) {
        return account.adoptsRole()
                && switch (account.effect()) {
                    case OWNERSHIP_ONLY, CHANGES -> true;
                    case CREATION, BLOCKED, REFUSED -> false;
                };
    }

    private static String problem(ImportedAccount account) {
        return switch (account.result()) {
            case Refused(String why, String instead) -> why + "; " + instead;
            case Importable _ when !account.adoptsRole() -> "the operator creates it";
            case Importable _ -> account.plan().map(PlannedResource::message).orElse("");
        };
    }

    /** The user may have taken minutes to confirm. */
    private static boolean isUnchanged(ObservedRole seen, RoleReads roles) {
        return roles.role(seen.name())
                .filter(now -> now.id().equals(seen.id())
                        && now.arn().equals(seen.arn())
                        && now.tags().equals(seen.tags())
                        && now.trust().equals(seen.trust()))
                .isPresent();
    }

    private static boolean confirm() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readLine("Offer? [y/N] "))
                .filter(answer -> answer.strip().equalsIgnoreCase("y"))
                .isPresent();
    }
}
