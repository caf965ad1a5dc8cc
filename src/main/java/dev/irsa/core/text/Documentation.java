package dev.irsa.core.text;

/**
 * Where the documentation is published. Messages name its pages by their address at home, because their readers do not have the
 * repository. A fork may publish the pages at another address.
 *
 * @param address of the directory with the pages; ends with a slash
 */
public record Documentation(String address) {
    /** The address of the project's own pages. */
    public static final String HOME_ADDRESS = "https://github.com/irsa-dev/irsa-operator/blob/main/docs/";

    /** The project's own pages. */
    public static final Documentation HOME = new Documentation(HOME_ADDRESS);

    /** Returns the message with the addresses of the pages as they are published here. */
    public String in(String message) {
        return message.replace(HOME_ADDRESS, address);
    }
}
