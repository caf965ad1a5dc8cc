package dev.irsa.core.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An answer to a question about access. */
public enum Answer {
    YES,
    /** It depends on a condition or a variable, or is so only in part. */
    PERHAPS,
    NO;

    /** Returns the word, in lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
