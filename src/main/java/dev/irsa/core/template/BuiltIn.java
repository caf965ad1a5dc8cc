package dev.irsa.core.template;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A placeholder whose value the operator provides. Its name is reserved.
 *
 * <p>A cluster, a namespace or a ServiceAccount can have a name with which the name of another one begins, such as
 * {@code a} and {@code a-b}. In front of a wildcard, the shorter name would match what belongs to the longer one.
 * Therefore such a name is delimited by characters that it cannot contain. The others are the same for all users of a
 * template in this cluster.
 */
enum BuiltIn {
    PARTITION("partition", ""),
    ACCOUNT("account", ""),
    REGION("region", ""),
    /** Its name may contain dots and underscores. */
    CLUSTER("cluster", "/:"),
    /** A DNS label. */
    NAMESPACE("namespace", "/:_."),
    /** A DNS subdomain, which may contain dots. */
    SERVICE_ACCOUNT("serviceAccount", "/:_");

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]+");

    private final String placeholder;
    private final String delimiters;

    BuiltIn(String placeholder, String delimiters) {
        this.placeholder = placeholder;
        this.delimiters = delimiters;
    }

    /** Returns the one of this name. */
    static Optional<BuiltIn> named(String name) {
        return Arrays.stream(values())
                .filter(builtIn -> builtIn.placeholder.equals(name))
                .findFirst();
    }

    String placeholder() {
        return placeholder;
    }

    /** Returns the characters that must delimit it; empty if nothing has to. */
    String delimiters() {
        return delimiters;
    }

    /** Returns its value; empty if it is unknown. */
    Optional<String> valueIn(TemplateContext context) {
        return switch (this) {
            case PARTITION -> Optional.of(context.partition());
            case ACCOUNT -> Optional.of(context.account());
            case REGION -> context.region();
            case CLUSTER -> Optional.of(context.cluster());
            case NAMESPACE -> Optional.of(context.namespace());
            case SERVICE_ACCOUNT -> Optional.of(context.serviceAccount());
        };
    }

    /** Returns why it cannot be rendered, as a clause about its placeholder; empty if it can. */
    Optional<String> problemIn(TemplateContext context) {
        Optional<String> known = valueIn(context);
        if (known.isEmpty()) {
            return Optional.of("but the " + placeholder + " is unknown; set --" + placeholder + " of the operator");
        }
        return known.filter(text -> !VALUE.matcher(text).matches())
                .map(text -> "but the " + placeholder
                        + " has a character other than letters, digits, '.', '_' and '-'; use a parameter instead");
    }
}
