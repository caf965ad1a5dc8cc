package dev.irsa.runtime;

import dev.irsa.port.AccountPorts;

/**
 * A connection to another AWS account.
 *
 * @param confirm throws a {@link dev.irsa.core.failure.FailureException} unless the credentials are of that account
 * @param ports what the operator reads and writes there
 * @param close ends the connection: calls that are in flight end, and no other begins
 */
public record AccountConnection(Runnable confirm, AccountPorts ports, Runnable close) {}
