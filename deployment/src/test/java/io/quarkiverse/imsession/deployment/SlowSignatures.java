package io.quarkiverse.imsession.deployment;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The signatures of devices are verified only after this is closed. */
final class SlowSignatures extends Provider implements AutoCloseable {

    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    private final transient CountDownLatch closed = new CountDownLatch(1);

    SlowSignatures() {
        super("SlowSignatures", "1", "Signatures that are verified later");
        putService(new Service(this, "Signature", ALGORITHM, Slow.class.getName(), List.of(), null) {
            @Override
            public Object newInstance(Object parameter) {
                return new Slow(closed);
            }
        });
        Security.insertProviderAt(this, 1);
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
        closed.countDown();
    }

    private static final class Slow extends SignatureSpi {

        private final CountDownLatch goOn;
        private final Signature ofJdk;

        Slow(CountDownLatch goOn) {
            this.goOn = goOn;
            try {
                ofJdk = Signature.getInstance(ALGORITHM, "SunEC");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            ofJdk.initVerify(key);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            ofJdk.update(bytes, offset, length);
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ofJdk.verify(signature);
        }

        @Override
        protected void engineUpdate(byte value) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInitSign(PrivateKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("deprecation")
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("deprecation")
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
