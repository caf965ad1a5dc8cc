package dev.irsa.mock;

/** What a contract needs: a new scene for each test. */
interface ApiContract {
    Scene scene();
}
