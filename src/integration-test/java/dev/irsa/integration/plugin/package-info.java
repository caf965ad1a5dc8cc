/** Tests the kubectl plugin as it is built, installed and started. */
@NullMarked
package dev.irsa.integration.plugin;

import org.jspecify.annotations.NullMarked;
