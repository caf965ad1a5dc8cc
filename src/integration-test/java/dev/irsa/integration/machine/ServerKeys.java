package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The key of an HTTPS server, with its self-signed certificate.
 *
 * @param file in the format PKCS #12
 */
public record ServerKeys(Path file) {
    /** The password of the file, which protects nothing. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "host";

    /**
     * Creates a key.
     *
     * @param name the subject alternative name, such as {@code dns:example.com} or {@code ip:127.0.0.1}
     * @param folder gets the file
     */
    public static ServerKeys create(String name, Path folder) {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> words = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC"));
        words.addAll(List.of("-dname", "CN=" + name.substring(name.indexOf(':') + 1), "-ext", "san=" + name));
        words.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        new Command(words, Map.of()).run("").orThrow();
        return new ServerKeys(file);
    }

    /** Returns the settings of a server with this key. */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Returns the certificate in the format PEM. */
    public String certificate() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", store().getCertificate(ALIAS).getEncoded());
    }

    /** Returns the private key in the format PEM. */
    public String privateKey() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", store().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD.toCharArray());
        }
        return store;
    }
}
