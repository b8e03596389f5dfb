package org.datagram4j.launcher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Which signatures count, beyond that their numbers fit: made by a key that may sign and was valid then, and in a way that
 * nobody can forge.
 */
final class SignaturePolicy {
    private static final int OLDEST_VERSION = 4;

    // Anything older can be made to fit another text.
    private static final Set<Integer> DIGESTS = Set.of(
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    // In bits; what is not here is not accepted, such as DSA.
    private static final int RSA_BITS = 2_048;
    private static final int CURVE_BITS = 255;
    private static final Map<Integer, Integer> SHORTEST = Map.of(
            PublicKeyAlgorithmTags.RSA_GENERAL, RSA_BITS,
            PublicKeyAlgorithmTags.ECDSA, CURVE_BITS,
            PublicKeyAlgorithmTags.EDDSA_LEGACY, CURVE_BITS,
            PublicKeyAlgorithmTags.Ed25519, CURVE_BITS,
            PublicKeyAlgorithmTags.Ed448, CURVE_BITS);

    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofDays(1);

    private final Clock clock;

    SignaturePolicy(Clock clock) {
        this.clock = clock;
    }

    /**
     * Demands that a signature counts.
     *
     * @param signature one that fits
     * @param key the key that it is of
     * @param primary the key that this one belongs to, or the same
     * @throws OpenPgp.Problem if it does not, saying why
     */
    void require(PGPSignature signature, PGPPublicKey key, PGPPublicKey primary) throws OpenPgp.Problem, PGPException {
        if (signature.getVersion() < OLDEST_VERSION || !DIGESTS.contains(signature.getHashAlgorithm())) {
            throw new OpenPgp.Problem(
                    "the signature is by a digest that can be forged, such as SHA-1: sign by SHA-256 or SHA-512");
        }
        if (primary.hasRevocation() || key.hasRevocation()) {
            throw new OpenPgp.Problem(
                    "the signature is of the key " + OpenPgp.fingerprint(primary) + ", which was revoked");
        }
        requireStrong(key);
        requireStrong(primary);
        if (!key.isMasterKey() && !isBound(key, primary)) {
            throw new OpenPgp.Problem(
                    "the signature is of a key that does not belong to " + OpenPgp.fingerprint(primary));
        }
        if (!maySign(key)) {
            throw new OpenPgp.Problem("the signature is of a key that is not for signing");
        }
        requireTimes(signature, key, primary);
    }

    private static void requireStrong(PGPPublicKey key) throws OpenPgp.Problem {
        Integer shortest = SHORTEST.get(key.getAlgorithm());
        if (shortest == null || key.getBitStrength() < shortest) {
            throw new OpenPgp.Problem("the signature is of a key that can be forged: use RSA of " + RSA_BITS
                    + " bits or more, or an elliptic curve");
        }
    }

    private void requireTimes(PGPSignature signature, PGPPublicKey key, PGPPublicKey primary) throws OpenPgp.Problem {
        Instant made = made(signature);
        Instant now = clock.instant();
        if (made.isAfter(now.plus(SKEW))) {
            throw new OpenPgp.Problem("the signature is of a time that is still to come: " + made);
        }
        PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
        long valid = hashed == null ? 0 : hashed.getSignatureExpirationTime();
        if (valid > 0 && now.isAfter(made.plusSeconds(valid))) {
            throw new OpenPgp.Problem("the signature expired at " + made.plusSeconds(valid));
        }
        for (PGPPublicKey one : List.of(key, primary)) {
            Instant created = one.getCreationTime().toInstant();
            if (made.isBefore(created)) {
                throw new OpenPgp.Problem("the signature is older than its key: of " + made);
            }
            if (one.getValidSeconds() > 0 && made.isAfter(created.plusSeconds(one.getValidSeconds()))) {
                throw new OpenPgp.Problem("the signature was made at " + made + ", after its key had expired");
            }
        }
    }

    static Instant made(PGPSignature signature) {
        return signature.getCreationTime().toInstant();
    }

    /** Whether a key is for signing, as far as it says what it is for. */
    static boolean maySign(PGPPublicKey key) {
        if (key.hasRevocation()) {
            return false;
        }
        boolean restricted = false;
        for (Iterator<PGPSignature> i = key.getSignatures(); i.hasNext(); ) {
            PGPSignatureSubpacketVector packets = i.next().getHashedSubPackets();
            int flags = packets == null ? 0 : packets.getKeyFlags();
            if ((flags & KeyFlags.SIGN_DATA) != 0) {
                return true;
            }
            restricted |= flags != 0;
        }
        return !restricted;
    }

    // Each has to say so of the other: else anybody could adopt somebody's key, or claim to belong to somebody.
    private static boolean isBound(PGPPublicKey key, PGPPublicKey primary) throws PGPException {
        for (Iterator<PGPSignature> i = key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING); i.hasNext(); ) {
            PGPSignature binding = i.next();
            if (binding.getKeyID() == primary.getKeyID()
                    && fits(binding, primary, primary, key)
                    && isAcknowledged(binding, key, primary)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAcknowledged(PGPSignature binding, PGPPublicKey key, PGPPublicKey primary)
            throws PGPException {
        for (PGPSignatureSubpacketVector packets :
                new PGPSignatureSubpacketVector[] {binding.getHashedSubPackets(), binding.getUnhashedSubPackets()}) {
            PGPSignatureList embedded = packets == null ? null : packets.getEmbeddedSignatures();
            for (int i = 0; embedded != null && i < embedded.size(); i++) {
                if (embedded.get(i).getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                        && fits(embedded.get(i), key, primary, key)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fits(PGPSignature binding, PGPPublicKey of, PGPPublicKey primary, PGPPublicKey key)
            throws PGPException {
        binding.init(new BcPGPContentVerifierBuilderProvider(), of);
        return binding.verifyCertification(primary, key);
    }
}
