package dev.irsa.kubectl.imports;

import dev.irsa.kubectl.get.AccountKey;

/**
 * A role that was not imported.
 *
 * @param why a sentence without its period
 * @param instead what to do instead
 */
record RefusedRole(AccountKey account, String roleArn, String why, String instead) {}
