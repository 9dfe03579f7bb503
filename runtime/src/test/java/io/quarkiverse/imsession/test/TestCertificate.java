package io.quarkiverse.imsession.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for localhost that nobody but itself signed, made by the keytool of the JDK. */
public final class TestCertificate {

    /** Of {@link #keys()}. */
    public static final String PASSWORD = "changeit";

    private final Path keys;

    private TestCertificate(Path keys) {
        this.keys = keys;
    }

    public static TestCertificate create() {
        try {
            Path keys = Files.createTempDirectory("certificate").resolve("keys.p12");
            keytool("-genkeypair", "-keyalg", "EC", "-alias", "redis", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost",
                    "-validity", "2", "-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
            return new TestCertificate(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file (PKCS #12) for a server that has it, with the private key. */
    public Path keys() {
        return keys;
    }

    /** For a server that has it. */
    public SSLContext server() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SHA-256 hash of its public key, by which a Chromium can be told to trust it. */
    public String publicKeyHash() {
        try {
            byte[] key = store().getCertificate("redis").getPublicKey().getEncoded();
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file (PEM) for clients that are to trust it. */
    public Path pem() {
        Path pem = keys.resolveSibling("certificate.pem");
        try {
            keytool("-exportcert", "-rfc", "-alias", "redis", "-file", pem.toString(), "-keystore", keys.toString(),
                    "-storepass",
                    PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pem;
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
