package io.quarkiverse.imsession.runtime.oidc;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.codec.Base64Url;
import io.quarkiverse.imsession.codec.Sha256;

/** The fields by which the sessions of a user of a provider, and of a session of the provider, are found. */
public final class OidcReferences {

    /** The user: {@link #of} the issuer and the claim {@code sub}. */
    public static final String SUBJECT = "oidc.sub";
    /** The session at the provider: {@link #of} the issuer and the claim {@code sid}. */
    public static final String SESSION = "oidc.sid";

    private static final int MAX_TENANT = 100;

    private OidcReferences() {
    }

    /** The value of a reference: the issuer, a space, and the claim, or a hash of that if it is too long for a reference. */
    public static String of(String issuer, String claim) {
        String value = issuer + ' ' + claim;
        return value.length() <= Reference.MAX_VALUE_LENGTH ? value : '#' + hash(value);
    }

    /** A name of a tenant that is part of the names of attributes. */
    static String tenant(String id) {
        boolean plain = id.length() <= MAX_TENANT && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return plain ? id : '#' + hash(id);
    }

    private static String hash(String text) {
        return Base64Url.encode(Sha256.hash(text));
    }
}
