package dev.irsa.integration.machine;

/** Roles in the order of the listing, each as the XML element of an answer. */
interface RoleListing {
    /** Returns the number of roles. */
    int size();

    /** Returns the {@code <member>} of one role. */
    String element(int index);

    /** Appends another listing. */
    default RoleListing and(RoleListing others) {
        var first = this;
        return new RoleListing() {
            @Override
            public int size() {
                return first.size() + others.size();
            }

            @Override
            public String element(int index) {
                return index < first.size() ? first.element(index) : others.element(index - first.size());
            }
        };
    }
}
