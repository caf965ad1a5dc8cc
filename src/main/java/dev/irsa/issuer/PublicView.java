package dev.irsa.issuer;

import java.util.Optional;

/** The documents as AWS sees them. */
@FunctionalInterface
interface PublicView {
    /** Returns why the URLs of the issuer do not show these documents; empty if they do. */
    Optional<String> problem(Documents expected);
}
