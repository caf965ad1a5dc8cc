/** Adapts the Java Operator SDK to the reconcile: event sources, filters, work in flight. */
@NullMarked
package dev.irsa.controller;

import org.jspecify.annotations.NullMarked;
