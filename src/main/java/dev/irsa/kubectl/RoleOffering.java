package dev.irsa.kubectl;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.FailureException;
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
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.RoleReads;
import dev.irsa.runtime.StartFailure;
import java.io.Console;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Offers roles to the resources that can adopt them, after the user has seen which and agreed. A role is not offered if its trust
 * policy, tags, boundary, description, or session duration have changed since. Its policies are compared again when
 * the resource is resumed.
 *
 * @param confirmed whether the user has agreed already
 */
record RoleOffering(ClusterIdentity cluster, AccountReaders readers, Output output, boolean confirmed) {
    private static final int DIGEST_DIGITS = 12;

    /** A role as the user has seen it, and the resource that it is offered to. */
    private record Offer(ObservedRole role, String to) {
        String name() {
            return role.name();
        }
    }

    /**
     * Shows the part of a plan for these accounts and its warnings, asks, and offers their roles; returns the exit code.
     *
     * @param together whether none is offered if one has changed
     */
    int offer(ImportPlan plan, List<ImportedAccount> accounts, boolean together) {
        List<Offer> offers = accounts.stream().map(this::offer).toList();
        output.print(ImportText.of(plan.with(accounts), output.terminal()));
        plan.warnings().forEach(output::warn);
        offers.forEach(offer -> output.note("Role " + offer.name() + " will be offered to IamServiceAccount "
                + offer.to() + " by the tag " + OwnershipTags.ADOPTABLE_BY + ": " + evidence(offer.role()) + "."));
        if (!confirmed && !confirm()) {
            output.fail("no role is offered; confirm with y, or pass --yes");
            return StartFailure.ENVIRONMENT;
        }
        if (together) {
            Optional<Offer> changed =
                    offers.stream().filter(offer -> !isUnchanged(offer)).findFirst();
            if (changed.isPresent()) {
                output.fail("role " + changed.get().name() + " has changed since it was read, so no role is offered;"
                        + " run the command again");
                return StartFailure.ENVIRONMENT;
            }
        }
        return offerAll(offers);
    }

    private int offerAll(List<Offer> offers) {
        List<String> leftOut = new ArrayList<>();
        int done = 0;
        for (Offer offer : offers) {
            output.progress("offering role " + (done + 1) + " of " + offers.size());
            try {
                if (isUnchanged(offer)) {
                    new IamRoleOffers(aws(offer).clients().iam()).offer(offer.name(), offer.to());
                    output.note("Offered role " + offer.name() + ".");
                } else {
                    leftOut.add(offer.name());
                    output.fail("role " + offer.name() + " is left out because it has changed since it was read; run"
                            + " the command again to see how");
                }
            } catch (FailureException e) {
                output.fail("role " + offer.name() + " is not known to be offered: " + UserMessage.of(e.failure())
                        + "; roles offered: " + (done - leftOut.size()) + ", left: " + (offers.size() - done)
                        + "; run the command again to go on");
                return StartFailure.ENVIRONMENT;
            }
            done++;
        }
        if (!leftOut.isEmpty()) {
            return StartFailure.ENVIRONMENT;
        }
        output.note("Next, apply the resources if they are not applied yet, and resume them.");
        return 0;
    }

    /** Returns what the confirmation is bound to. */
    private static String evidence(ObservedRole role) {
        byte[] digest = Base64.getDecoder().decode(role.trust().digest());
        return role.arn() + ", ID " + role.id() + ", trust policy "
                + HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
    }

    private Offer offer(ImportedAccount account) {
        AccountKey key = account.key();
        return new Offer(
                account.role().orElseThrow().role(),
                cluster.owner(key.namespace(), key.name()).offer());
    }

    /** The role was read before in this account. */
    private AwsReads aws(Offer offer) {
        String id = RoleArn.of(offer.role().arn()).orElseThrow().account();
        return readers.in(id).known().orElseThrow();
    }

    /** The user may have taken minutes to confirm. */
    private boolean isUnchanged(Offer offer) {
        RoleReads roles = aws(offer).roles();
        ObservedRole seen = offer.role();
        return roles.role(seen.name())
                .filter(now -> now.id().equals(seen.id())
                        && now.arn().equals(seen.arn())
                        && now.tags().equals(seen.tags())
                        && now.boundary().equals(seen.boundary())
                        && now.description().equals(seen.description())
                        && now.maxSessionSeconds() == seen.maxSessionSeconds()
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
