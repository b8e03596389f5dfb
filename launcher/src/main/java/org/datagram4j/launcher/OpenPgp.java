package org.datagram4j.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * Detached OpenPGP signatures, as {@code gpg --armor --detach-sign} makes and {@code gpg --verify} checks them. Keys are
 * given; no key ring of the user is looked at.
 */
final class OpenPgp {
    private static final String BEGIN = "-----BEGIN PGP";
    private static final BcKeyFingerprintCalculator FINGERPRINTS = new BcKeyFingerprintCalculator();

    private OpenPgp() {}

    /** What is wrong with a key or a signature, in a line. */
    static final class Problem extends Exception {
        private static final long serialVersionUID = 1;

        Problem(String message) {
            super(message);
        }
    }

    /**
     * A signature, and the public key to check it by.
     *
     * @param signature armored
     * @param publicKey armored
     * @param fingerprint the key's, in hexadecimal
     */
    record Signed(String signature, String publicKey, String fingerprint) {}

    static Signed sign(byte[] content, byte[] secretKeys, char[] passphrase) throws Problem {
        try {
            PGPSecretKeyRing ring = secretKeys(secretKeys);
            PGPSecretKey key = signing(ring);
            PGPPrivateKey unlocked;
            try {
                unlocked = key.extractPrivateKey(
                        new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase));
            } catch (PGPException e) {
                throw new Problem("the secret key cannot be unlocked: the passphrase is wrong");
            }
            PGPPublicKey verifying = key.getPublicKey();
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(verifying.getAlgorithm(), HashAlgorithmTags.SHA512), verifying);
            generator.init(PGPSignature.BINARY_DOCUMENT, unlocked);
            PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
            packets.setIssuerFingerprint(false, verifying);
            generator.setHashedSubpackets(packets.generate());
            generator.update(content);
            PGPPublicKeyRing publicRing = ring.toCertificate();
            PGPSignature signature = generator.generate();
            // What nobody would accept is of no use.
            new SignaturePolicy(Clock.systemUTC()).require(signature, verifying, publicRing.getPublicKey());
            return new Signed(
                    armored(signature.getEncoded()),
                    armored(publicRing.getEncoded()),
                    fingerprint(publicRing.getPublicKey()));
        } catch (IOException | PGPException | RuntimeException e) {
            throw new Problem("the secret key cannot be used: " + e.getMessage());
        }
    }

    /**
     * Whose signature it is.
     *
     * @param fingerprint the primary key's, in hexadecimal
     * @param made when it was made, as the signer says
     */
    record Signer(String fingerprint, Instant made) {}

    static Signer verify(byte[] content, byte[] signature, byte[] publicKeys) throws Problem {
        PGPSignature found = signature(signature);
        try {
            for (PGPPublicKeyRing ring : publicKeys(publicKeys)) {
                PGPPublicKey key = ring.getPublicKey(found.getKeyID());
                if (key == null) {
                    continue;
                }
                PGPPublicKey primary = ring.getPublicKey();
                new SignaturePolicy(Clock.systemUTC()).require(found, key, primary);
                found.init(new BcPGPContentVerifierBuilderProvider(), key);
                found.update(content);
                if (!found.verify()) {
                    throw new Problem("the signature does not fit claim.json: one of the two was changed");
                }
                return new Signer(fingerprint(primary), SignaturePolicy.made(found));
            }
        } catch (PGPException | RuntimeException e) {
            throw new Problem("the signature cannot be checked: " + e.getMessage());
        }
        throw new Problem("the signature is of another key: of "
                + Long.toHexString(found.getKeyID()).toUpperCase(Locale.ROOT) + ", which is not among those given");
    }

    private static PGPSignature signature(byte[] armored) throws Problem {
        String text = new String(armored, StandardCharsets.ISO_8859_1);
        if (text.indexOf(BEGIN) != text.lastIndexOf(BEGIN)) {
            throw new Problem("there is more than one signature: which of them counts?");
        }
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))) {
            Object object = new BcPGPObjectFactory(in).nextObject();
            if (object instanceof PGPSignatureList list
                    && list.size() == 1
                    && list.get(0).getSignatureType() == PGPSignature.BINARY_DOCUMENT) {
                return list.get(0);
            }
        } catch (IOException | RuntimeException e) {
            throw new Problem("the signature is not OpenPGP: " + e.getMessage());
        }
        throw new Problem("the signature is not one detached OpenPGP signature of a file");
    }

    private static PGPSecretKeyRing secretKeys(byte[] armored) throws Problem {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))) {
            Iterator<PGPSecretKeyRing> rings = new PGPSecretKeyRingCollection(in, FINGERPRINTS).getKeyRings();
            if (!rings.hasNext()) {
                throw new Problem("there is no OpenPGP secret key in the file");
            }
            PGPSecretKeyRing ring = rings.next();
            if (rings.hasNext()) {
                throw new Problem("there is more than one OpenPGP secret key in the file: export the one to sign with");
            }
            return ring;
        } catch (IOException | PGPException | RuntimeException e) {
            throw new Problem("there is no OpenPGP secret key in the file");
        }
    }

    private static PGPPublicKeyRingCollection publicKeys(byte[] armored) throws Problem {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))) {
            PGPPublicKeyRingCollection rings = new PGPPublicKeyRingCollection(in, FINGERPRINTS);
            if (rings.size() > 0) {
                return rings;
            }
        } catch (IOException | PGPException | RuntimeException e) {
            throw new Problem("there is no OpenPGP public key in the file");
        }
        throw new Problem("there is no OpenPGP public key in the file");
    }

    // As gpg does: a subkey that may sign before the primary key, which is often kept elsewhere.
    private static PGPSecretKey signing(PGPSecretKeyRing ring) throws Problem {
        PGPSecretKey primary = null;
        for (PGPSecretKey key : ring) {
            boolean usable =
                    key.isSigningKey() && !key.isPrivateKeyEmpty() && SignaturePolicy.maySign(key.getPublicKey());
            if (usable && !key.isMasterKey()) {
                return key;
            }
            if (usable) {
                primary = key;
            }
        }
        if (primary == null) {
            throw new Problem("the secret key cannot sign");
        }
        return primary;
    }

    static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    private static String armored(byte[] packets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream out =
                ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            out.write(packets);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
