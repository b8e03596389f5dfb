package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.junit.jupiter.api.Test;

/** Signatures whose numbers fit, and which count all the same only if key, digest and times are right. */
class OpenPgpTest {
    private static final byte[] CLAIM = "{}\n".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant LAST_YEAR = NOW.minus(Duration.ofDays(365));
    private static final long MONTH = Duration.ofDays(30).toSeconds();
    private static final int SIGNS = KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA;

    private final PGPKeyPair pair = curve(LAST_YEAR);

    @Test
    void aGoodOneCounts() throws Exception {
        PGPPublicKeyRing key = ring(pair, SIGNS, 0);
        OpenPgp.Signer signer = verify(sign(pair, HashAlgorithmTags.SHA256, NOW, 0), key);

        assertEquals(OpenPgp.fingerprint(key.getPublicKey()), signer.fingerprint());
        assertEquals(NOW, signer.made());
    }

    @Test
    void oneOfAKeyThatHasExpiredSinceCounts() throws Exception {
        verify(sign(pair, HashAlgorithmTags.SHA256, LAST_YEAR.plusSeconds(5), 0), ring(pair, SIGNS, MONTH));
    }

    @Test
    void oldDigestsAreRefused() throws Exception {
        PGPPublicKeyRing key = ring(pair, SIGNS, 0);

        for (int digest : new int[] {HashAlgorithmTags.SHA1, HashAlgorithmTags.MD5, HashAlgorithmTags.RIPEMD160}) {
            expect("a digest that can be forged", sign(pair, digest, NOW, 0), key);
        }
    }

    @Test
    void shortKeysAreRefused() throws Exception {
        PGPKeyPair rsa = rsa(1_024);

        expect("a key that can be forged", sign(rsa, HashAlgorithmTags.SHA256, NOW, 0), ring(rsa, SIGNS, 0));
    }

    @Test
    void keysThatAreNotForSigningAreRefused() throws Exception {
        expect(
                "a key that is not for signing",
                sign(pair, HashAlgorithmTags.SHA256, NOW, 0),
                ring(pair, KeyFlags.CERTIFY_OTHER, 0));
    }

    @Test
    void keysThatHadExpiredAreRefused() throws Exception {
        expect("after its key had expired", sign(pair, HashAlgorithmTags.SHA256, NOW, 0), ring(pair, SIGNS, MONTH));
    }

    @Test
    void keysThatAreYoungerAreRefused() throws Exception {
        Instant before = LAST_YEAR.minusSeconds(MONTH);

        expect("older than its key", sign(pair, HashAlgorithmTags.SHA256, before, 0), ring(pair, SIGNS, 0));
    }

    @Test
    void signaturesThatExpiredAreRefused() throws Exception {
        byte[] expired = sign(pair, HashAlgorithmTags.SHA256, LAST_YEAR.plusSeconds(5), MONTH);

        expect("the signature expired", expired, ring(pair, SIGNS, 0));
    }

    @Test
    void signaturesOfTimesToComeAreRefused() throws Exception {
        byte[] early = sign(pair, HashAlgorithmTags.SHA256, NOW.plusSeconds(MONTH), 0);

        expect("still to come", early, ring(pair, SIGNS, 0));
    }

    @Test
    void revokedKeysAreRefused() throws Exception {
        PGPPublicKeyRing ring = ring(pair, SIGNS, 0);
        PGPSignatureGenerator generator = generator(pair, HashAlgorithmTags.SHA256, PGPSignature.KEY_REVOCATION);
        PGPPublicKey revoked = PGPPublicKey.addCertification(
                ring.getPublicKey(), generator.generateCertification(ring.getPublicKey()));

        expect(
                "which was revoked",
                sign(pair, HashAlgorithmTags.SHA256, NOW, 0),
                PGPPublicKeyRing.insertPublicKey(ring, revoked));
    }

    /** Somebody may put another's signing key beneath the own, and then the other's signatures look like the own. */
    @Test
    void subkeysThatDoNotAcknowledgeTheirPrimaryKeyAreRefused() throws Exception {
        PGPKeyPair mallory = curve(LAST_YEAR);
        PGPKeyRingGenerator generator = ringGenerator(mallory, SIGNS, 0);
        PGPSignatureSubpacketGenerator signs = new PGPSignatureSubpacketGenerator();
        signs.setKeyFlags(false, KeyFlags.SIGN_DATA);
        generator.addSubKey(pair, signs.generate(), null);

        expect("does not belong to", sign(pair, HashAlgorithmTags.SHA256, NOW, 0), generator.generatePublicKeyRing());
    }

    @Test
    void subkeysThatDoAreAccepted() throws Exception {
        PGPKeyPair primary = curve(LAST_YEAR);
        PGPKeyRingGenerator generator = ringGenerator(primary, SIGNS, 0);
        PGPSignatureSubpacketGenerator signs = new PGPSignatureSubpacketGenerator();
        signs.setKeyFlags(false, KeyFlags.SIGN_DATA);
        generator.addSubKey(
                pair,
                signs.generate(),
                null,
                new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256));
        PGPPublicKeyRing ring = generator.generatePublicKeyRing();

        assertEquals(
                OpenPgp.fingerprint(ring.getPublicKey()),
                verify(sign(pair, HashAlgorithmTags.SHA256, NOW, 0), ring).fingerprint());
    }

    @Test
    void twoSignaturesAreOneTooMany() throws Exception {
        byte[] one = armored(sign(pair, HashAlgorithmTags.SHA256, NOW, 0));
        byte[] two = (new String(one, StandardCharsets.US_ASCII) + new String(one, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);

        expect("more than one signature", two, ring(pair, SIGNS, 0));
    }

    private static void expect(String message, byte[] signature, PGPPublicKeyRing key) {
        String said = assertThrows(OpenPgp.Problem.class, () -> verify(signature, key))
                .getMessage();

        assertTrue(said.contains(message), said);
    }

    private static OpenPgp.Signer verify(byte[] signature, PGPPublicKeyRing key) throws OpenPgp.Problem, IOException {
        return OpenPgp.verify(CLAIM, signature, key.getEncoded());
    }

    private static byte[] sign(PGPKeyPair pair, int digest, Instant when, long validSeconds)
            throws PGPException, IOException {
        PGPSignatureGenerator generator = generator(pair, digest, PGPSignature.BINARY_DOCUMENT);
        PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
        packets.setSignatureCreationTime(false, Date.from(when));
        if (validSeconds > 0) {
            packets.setSignatureExpirationTime(false, validSeconds);
        }
        generator.setHashedSubpackets(packets.generate());
        generator.update(CLAIM);
        return generator.generate().getEncoded();
    }

    private static PGPSignatureGenerator generator(PGPKeyPair pair, int digest, int type) throws PGPException {
        PGPSignatureGenerator generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), digest), pair.getPublicKey());
        generator.init(type, pair.getPrivateKey());
        return generator;
    }

    private static PGPPublicKeyRing ring(PGPKeyPair pair, int flags, long validSeconds) throws PGPException {
        return ringGenerator(pair, flags, validSeconds).generatePublicKeyRing();
    }

    private static PGPKeyRingGenerator ringGenerator(PGPKeyPair pair, int flags, long validSeconds)
            throws PGPException {
        PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
        packets.setKeyFlags(false, flags);
        if (validSeconds > 0) {
            packets.setKeyExpirationTime(false, validSeconds);
        }
        return new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                pair,
                "acme <releases@acme.example>",
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                packets.generate(),
                null,
                new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                null);
    }

    private static PGPKeyPair curve(Instant created) {
        Ed25519KeyPairGenerator curve = new Ed25519KeyPairGenerator();
        curve.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return pair(PublicKeyAlgorithmTags.EDDSA_LEGACY, curve, created);
    }

    private static PGPKeyPair rsa(int bits) {
        RSAKeyPairGenerator rsa = new RSAKeyPairGenerator();
        rsa.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65_537), new SecureRandom(), bits, 80));
        return pair(PublicKeyAlgorithmTags.RSA_GENERAL, rsa, LAST_YEAR);
    }

    private static PGPKeyPair pair(int algorithm, AsymmetricCipherKeyPairGenerator keys, Instant created) {
        try {
            return new BcPGPKeyPair(PublicKeyPacket.VERSION_4, algorithm, keys.generateKeyPair(), Date.from(created));
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] armored(byte[] packets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream out = ArmoredOutputStream.builder().build(bytes)) {
            out.write(packets);
        }
        return bytes.toByteArray();
    }
}
