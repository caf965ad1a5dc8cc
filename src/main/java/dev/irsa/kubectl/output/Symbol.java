package dev.irsa.kubectl.output;

/** The symbols in front of a line, each with a color and with a form for terminals without Unicode. */
public enum Symbol {
    OK("✓", "ok", 32),
    FAILED("✗", "FAILED", 31),
    WARNING("!", "!", 33),
    NOT_CHECKED("?", "?", 33),
    ADD("+", "+", 32),
    CHANGE("~", "~", 33),
    REMOVE("-", "-", 31),
    NONE("=", "=", 2);

    private final String unicode;
    private final String ascii;
    private final int colour;

    Symbol(String unicode, String ascii, int colour) {
        this.unicode = unicode;
        this.ascii = ascii;
        this.colour = colour;
    }

    /** Returns the symbol as this terminal can show it. */
    public String on(Terminal terminal) {
        return terminal.paint(terminal.unicode() ? unicode : ascii, colour);
    }
}
