package dev.irsa.cli.kubectl;

import dev.irsa.aws.IamRoleOffers;
import dev.irsa.core.adoption.RoleImport.Declared;
import dev.irsa.core.adoption.RoleImport.Importable;
import dev.irsa.core.adoption.RoleImport.Refused;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.plugin.adopt.ImportPlan;
import dev.irsa.plugin.adopt.ImportedAccount;
import dev.irsa.plugin.get.AccountKey;
import dev.irsa.plugin.plan.PlannedResource;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleOffers;
import dev.irsa.runtime.StartFailure;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Offers roles to the resources that can adopt them. Only named roles are offered, and only to the ServiceAccount that their
 * trust policies admit already.
 */
record RoleOffering(ImportPlan plan, ClusterIdentity cluster, Output output, boolean confirmed) {
    /** A role, and the resource that it is offered to. */
    private record Offer(String roleName, String to) {}

    /** Offers the roles of these names, all or none; returns the exit code. */
    int offer(List<String> names, AwsReads aws) {
        List<Offer> offers = new ArrayList<>();
        for (String name : names) {
            Optional<Offer> offer = offer(name);
            if (offer.isEmpty()) {
                return StartFailure.ENVIRONMENT;
            }
            offers.add(offer.get());
        }
        for (Offer offer : offers) {
            output.note("Role " + offer.roleName() + " will be offered to IamServiceAccount " + offer.to()
                    + " by the tag " + OwnershipTags.ADOPTABLE_BY + ".");
        }
        if (!confirmed && !confirm()) {
            output.fail("no role is offered; confirm with y, or pass --yes");
            return StartFailure.ENVIRONMENT;
        }
        RoleOffers iam = new IamRoleOffers(aws.clients().iam(), CallInterceptor.NONE);
        for (Offer offer : offers) {
            iam.offer(offer.roleName(), offer.to());
            output.note("Offered role " + offer.roleName() + ".");
        }
        output.note("Next, apply the resources; they are suspended.");
        return 0;
    }

    private Optional<Offer> offer(String name) {
        List<ImportedAccount> named = plan.accounts().stream()
                .filter(account -> account.roleName().equals(name))
                .toList();
        Optional<ImportedAccount> importable = named.stream()
                .filter(account -> account.result() instanceof Importable && !isBlocked(account))
                .findFirst();
        if (importable.isPresent()) {
            AccountKey key = importable.get().candidate().account();
            return Optional.of(
                    new Offer(name, cluster.owner(key.namespace(), key.name()).offer()));
        }
        String why = named.stream()
                .map(RoleOffering::problem)
                .findFirst()
                .orElse("no ServiceAccount that was read names it; set --namespace, or use -A");
        output.fail("role " + name + " cannot be offered: " + why);
        return Optional.empty();
    }

    private static boolean isBlocked(ImportedAccount account) {
        return account.plan().filter(PlannedResource::isBlocked).isPresent();
    }

    private static String problem(ImportedAccount account) {
        return switch (account.result()) {
            case Refused(String why, String instead) -> why + "; " + instead;
            case Declared _ -> "the operator creates it";
            case Importable _ -> account.plan().map(PlannedResource::message).orElse("");
        };
    }

    private static boolean confirm() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return false;
        }
        String answer = console.readLine("Offer? [y/N] ");
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
