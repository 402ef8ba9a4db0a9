package dev.cenotaph.gateway.reveal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.policy.match.ItemKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials that the upstream showed something a short while ago. Kept as keyed hashes: neither the credentials nor
 * anything that could be compared with them lies in memory, and another process makes others of them.
 */
final class KnownCallers {
    private static final String MAC = "HmacSHA256";

    private final List<String> credentialHeaders;
    private final SecretKeySpec secret;
    private final Cache<ByteBuffer, Boolean> seen;

    /**
     * No callers yet.
     *
     * @param credentialHeaders which headers say who a caller is; all else of a request does not
     * @param remembered for how long
     * @param most how many are remembered at once
     */
    KnownCallers(List<String> credentialHeaders, Duration remembered, long most, Ticker ticker) {
        this.credentialHeaders = List.copyOf(credentialHeaders);
        this.secret = new SecretKeySpec(random(), MAC);
        this.seen = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(remembered)
                .ticker(ticker)
                .build();
    }

    boolean hasRead(GovernedExchange exchange, ItemKey item) {
        return knows(exchange, "item", item.resource(), item.parents(), item.id())
                || hasRead(exchange, item.resource(), item.parents());
    }

    boolean hasRead(GovernedExchange exchange, String resource, List<String> parents) {
        return knows(exchange, "collection", resource, parents, "");
    }

    void read(GovernedExchange exchange, ItemKey item) {
        seen.put(hash(exchange, "item", item.resource(), item.parents(), item.id()), true);
    }

    void read(GovernedExchange exchange, String resource, List<String> parents) {
        seen.put(hash(exchange, "collection", resource, parents, ""), true);
    }

    /** The upstream keeps the item from the caller by now: what he could read of its collection counts no more, either. */
    void refused(GovernedExchange exchange, ItemKey item) {
        seen.invalidate(hash(exchange, "item", item.resource(), item.parents(), item.id()));
        refused(exchange, item.resource(), item.parents());
    }

    void refused(GovernedExchange exchange, String resource, List<String> parents) {
        seen.invalidate(hash(exchange, "collection", resource, parents, ""));
    }

    private boolean knows(GovernedExchange exchange, String what, String resource, List<String> parents, String id) {
        return seen.getIfPresent(hash(exchange, what, resource, parents, id)) != null;
    }

    private ByteBuffer hash(GovernedExchange exchange, String what, String resource, List<String> parents, String id) {
        Mac mac = mac();
        add(mac, exchange.trace().actor().orElse(""));
        for (String name : credentialHeaders) {
            List<String> values = exchange.headers(name);
            add(mac, Integer.toString(values.size()));
            values.forEach(value -> add(mac, value));
        }
        add(mac, what);
        add(mac, resource);
        add(mac, Integer.toString(parents.size()));
        parents.forEach(parent -> add(mac, parent));
        add(mac, id);
        return ByteBuffer.wrap(mac.doFinal());
    }

    /** Each with its length: no two lists of texts are the same bytes. */
    private static void add(Mac mac, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
