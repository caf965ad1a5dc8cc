package dev.irsa.integration.machine;

/** Roles in the order in which they are listed, each as the XML element that an answer holds. */
interface RoleListing {
    /** How many. */
    int size();

    /** The {@code <member>} of one of them. */
    String element(int index);

    /** These, and then others. */
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
