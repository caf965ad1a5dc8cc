package dev.irsa.runtime;

import dev.irsa.port.AccountPorts;
import dev.irsa.port.RoleQuota;
import java.util.function.Supplier;

/**
 * A connection to another AWS account.
 *
 * @param confirm throws a {@link dev.irsa.core.failure.FailureException} unless the credentials are of that account
 * @param ports what the operator reads and writes there
 * @param quota reads the quota of roles there; throws the same if that fails
 * @param close ends the connection: calls that are in flight end, and no other begins
 */
public record AccountConnection(Runnable confirm, AccountPorts ports, Supplier<RoleQuota> quota, Runnable close) {}
