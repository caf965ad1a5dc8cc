package dev.irsa;

/** The program. */
public final class OperatorMain {
    private OperatorMain() {}

    /** Starts it. */
    public static void main(String[] args) {
        System.out.println("irsa-operator");
    }
}
