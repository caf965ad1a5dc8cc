/**
 * What the policies of a role allow: the answers of {@code kubectl irsa who-can}.
 *
 * <p>A search on 2026-12-01 found no library for it. AWS publishes none, and IAM's simulator needs a call for each question. Open-source
 * evaluators for TypeScript, Rust, and Python decide a request with one action, one resource, and a known context. Here, actions and
 * resources may be patterns, and conditions stay open. A test compares the answers for single requests with such an evaluator.
 */
@NullMarked
package dev.irsa.core.access;

import org.jspecify.annotations.NullMarked;
