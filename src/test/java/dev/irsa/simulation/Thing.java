package dev.irsa.simulation;

/** The resources that users make and delete, each by the same name in each cluster. Two want one ServiceAccount. */
enum Thing {
    INVOICES("invoices", "invoices"),
    LEDGER("ledger", "ledger"),
    SHARER("sharer", "invoices");

    static final String NAMESPACE = "payments";

    private final String resource;
    private final String serviceAccount;

    Thing(String resource, String serviceAccount) {
        this.resource = resource;
        this.serviceAccount = serviceAccount;
    }

    String resource() {
        return resource;
    }

    String serviceAccount() {
        return serviceAccount;
    }

    /** {@code namespace/name} of the resource. */
    String key() {
        return NAMESPACE + "/" + resource;
    }

    String serviceAccountKey() {
        return NAMESPACE + "/" + serviceAccount;
    }

    static Thing of(String key) {
        for (Thing thing : values()) {
            if (thing.key().equals(key)) {
                return thing;
            }
        }
        throw new IllegalArgumentException(key);
    }
}
