package dev.irsa.kubectl;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.kubectl.imports.AdoptionProgress;
import dev.irsa.kubectl.imports.AdoptionProgress.State;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportedAccount;
import dev.irsa.runtime.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Implements {@code --offer-from}: offers the roles that manifests adopt, some in each run. Those that are offered or adopted already
 * are skipped, so that a run goes on where the last one ended.
 *
 * @param cluster the cluster to whose resources roles are offered
 */
record OfferFrom(ImportPlan plan, OfferCheck check, ClusterIdentity cluster, RoleOffering offering, Output output) {
    /** Offers at most so many roles; returns the exit code. */
    int offer(int limit) {
        List<ImportedAccount> offerable = new ArrayList<>();
        int offered = 0;
        int adopted = 0;
        int refused = 0;
        for (ImportedAccount account : plan.accounts()) {
            State state = AdoptionProgress.of(account, cluster).state();
            Optional<String> problem = check.problem(account);
            if (state == State.ADOPTED) {
                adopted++;
            } else if (state == State.OFFERED) {
                offered++;
            } else if (problem.isEmpty()) {
                offerable.add(account);
            } else {
                refused++;
                output.fail("the role of " + account.key().namespace() + "/"
                        + account.key().name() + " cannot be offered: " + problem.get());
            }
        }
        plan.notRead().forEach(account -> output.fail(account.reason()));
        List<ImportedAccount> now = offerable.subList(0, Math.min(limit, offerable.size()));
        output.note("Roles to offer: " + now.size() + ", left for the next run: " + (offerable.size() - now.size())
                + ", offered already: " + offered + ", adopted already: " + adopted + ", refused: " + refused + ".");
        int exitCode = now.isEmpty() ? 0 : offering.offer(plan, now, false);
        return exitCode == 0 && (refused > 0 || !plan.notRead().isEmpty()) ? StartFailure.ENVIRONMENT : exitCode;
    }
}
