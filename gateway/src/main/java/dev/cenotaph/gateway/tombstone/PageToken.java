package dev.cenotaph.gateway.tombstone;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Names a place in the trash of one collection, opaque to whoever is given it, good for no other collection. */
final class PageToken {
    private static final byte FORM = 1;
    private static final int FIXED = Byte.BYTES + Integer.BYTES + Long.BYTES;

    private PageToken() {}

    /**
     * After which tombstone a page begins.
     *
     * @param deleteTime in milliseconds
     * @param id as {@link KeyText} spells it
     */
    record Place(long deleteTime, String id) {
        static final Place START = new Place(Long.MAX_VALUE, "");

        static Place of(Tombstone last) {
            return new Place(
                    last.deleteTime().toEpochMilli(), KeyText.ofId(last.key().id()));
        }
    }

    static String write(String resource, List<String> parents, Place place) {
        byte[] id = place.id().getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(FIXED + id.length)
                .put(FORM)
                .putInt(collection(resource, parents))
                .putLong(place.deleteTime())
                .put(id)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** @throws IllegalArgumentException if the token is not one that was written for this collection */
    static Place read(String resource, List<String> parents, Optional<String> token) {
        return token.isEmpty() ? Place.START : read(resource, parents, token.get());
    }

    private static Place read(String resource, List<String> parents, String token) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
        if (bytes.remaining() < FIXED || bytes.get() != FORM || bytes.getInt() != collection(resource, parents)) {
            throw new IllegalArgumentException("No page token of this collection");
        }
        try {
            Place place = new Place(
                    bytes.getLong(),
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            if (!write(resource, parents, place).equals(token)) {
                throw new IllegalArgumentException("No page token of this collection");
            }
            return place;
        } catch (CharacterCodingException invalid) {
            throw new IllegalArgumentException("No page token of this collection", invalid);
        }
    }

    private static int collection(String resource, List<String> parents) {
        CRC32 sum = new CRC32();
        sum.update(
                (KeyText.ofParents(List.of(resource)) + KeyText.ofParents(parents)).getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }
}
