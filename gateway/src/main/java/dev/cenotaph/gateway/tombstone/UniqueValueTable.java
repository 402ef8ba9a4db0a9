package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.unique.KeyValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What trashed items held at their unique keys, as hashes. Everything here blocks; what writes has to be called inside a transaction. */
final class UniqueValueTable {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SALT_BYTES = 32;

    private final JdbcClient writer;
    private final JdbcClient reader;

    UniqueValueTable(JdbcClient writer, JdbcClient reader) {
        this.writer = writer;
        this.reader = reader;
    }

    void put(ItemKey key, List<KeyValue> values) {
        drop(key);
        if (values.isEmpty()) {
            return;
        }
        String salt = saltToWrite();
        for (KeyValue value : values) {
            writer.sql("INSERT INTO unique_value (resource, parents, id, key_name, value_hash)"
                            + " VALUES (:resource, :parents, :id, :key, :hash)"
                            + " ON CONFLICT (resource, parents, id, key_name) DO NOTHING")
                    .param("resource", KeyText.ofId(key.resource()))
                    .param("parents", KeyText.ofParents(key.parents()))
                    .param("id", KeyText.ofId(key.id()))
                    .param("key", KeyText.ofId(value.key()))
                    .param("hash", hash(salt, value))
                    .update();
        }
    }

    void drop(ItemKey key) {
        writer.sql("DELETE FROM unique_value WHERE resource = :resource AND parents = :parents AND id = :id")
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .update();
    }

    /** The tombstones of gone items that hold one of these values, in the order of the values. */
    List<Tombstone> holders(String resource, List<String> parents, List<KeyValue> values) {
        Optional<String> salt = salt(reader);
        if (salt.isEmpty()) {
            return List.of();
        }
        Set<Tombstone> holders = new LinkedHashSet<>();
        for (KeyValue value : values) {
            holders.addAll(reader.sql("SELECT t.* FROM unique_value v JOIN tombstone t ON t.resource = v.resource"
                            + " AND t.parents = v.parents AND t.id = v.id"
                            + " WHERE v.resource = :resource AND v.parents = :parents AND v.key_name = :key"
                            + " AND v.value_hash = :hash AND t.state IN ('TRASHED', 'RESTORING', 'PURGING')"
                            + " ORDER BY t.delete_time DESC, t.id")
                    .param("resource", KeyText.ofId(resource))
                    .param("parents", KeyText.ofParents(parents))
                    .param("key", KeyText.ofId(value.key()))
                    .param("hash", hash(salt.get(), value))
                    .query((row, number) -> TombstoneRow.tombstone(row))
                    .list());
        }
        return List.copyOf(holders);
    }

    private String saltToWrite() {
        return salt(writer).orElseGet(() -> {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            writer.sql("INSERT INTO unique_salt (only_row, salt) VALUES (1, :salt) ON CONFLICT (only_row) DO NOTHING")
                    .param("salt", HexFormat.of().formatHex(salt))
                    .update();
            return salt(writer).orElseThrow();
        });
    }

    private static Optional<String> salt(JdbcClient client) {
        return client.sql("SELECT salt FROM unique_salt").query(String.class).optional();
    }

    private static String hash(String salt, KeyValue value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(salt), ALGORITHM));
            mac.update(value.key().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(value.value().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
