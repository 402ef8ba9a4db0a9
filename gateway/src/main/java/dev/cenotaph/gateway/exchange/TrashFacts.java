package dev.cenotaph.gateway.exchange;

import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.RestorePath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;

/** What clients are told about a trashed item: headers and gone answers. */
public final class TrashFacts {
    public static final String STATE = "Cenotaph-State";
    public static final String DELETED_AT = "Cenotaph-Deleted-At";
    public static final String PURGE_AT = "Cenotaph-Purge-At";
    public static final String DELETION_ID = "Cenotaph-Deletion-Id";

    private TrashFacts() {}

    /** How the item is restored, relative to the gateway: the path for a POST. */
    public static String restorePath(ResourcePolicy policy, String itemPath) {
        return RestorePath.of(itemPath, policy.trash().restore().getFirst());
    }

    /** The facts as headers. */
    public static Consumer<HttpHeaders> headers(Optional<Tombstone> known, String restorePath) {
        return headers -> {
            headers.set(STATE, "trashed");
            known.ifPresent(tombstone -> {
                headers.set(DELETED_AT, text(tombstone.deleteTime()));
                headers.set(DELETION_ID, tombstone.deletionId());
                tombstone.purgeTime().ifPresent(time -> headers.set(PURGE_AT, text(time)));
            });
            headers.add(HttpHeaders.LINK, "<" + restorePath + ">; rel=\"restore\"");
        };
    }

    /** The {@code Sunset} of an item that a caller sees although it is trashed (RFC 8594). */
    public static void sunset(HttpHeaders headers, Tombstone tombstone) {
        tombstone
                .purgeTime()
                .ifPresent(time -> headers.set(
                        "Sunset", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC))));
    }

    /**
     * The gone answer: the same for every method.
     *
     * @param policy of what is trashed: the addressed item, or one above it
     * @param known its tombstone, where the store could tell
     * @param itemPath its path as the client writes it
     */
    public static Answer gone(
            GovernedExchange exchange, ResourcePolicy policy, Optional<Tombstone> known, String itemPath) {
        return gone(exchange, policy, known, itemPath, Optional.empty());
    }

    /** @param code a {@code code} that some contracts have in it */
    static Answer gone(
            GovernedExchange exchange,
            ResourcePolicy policy,
            Optional<Tombstone> known,
            String itemPath,
            Optional<String> code) {
        String restorePath = restorePath(policy, itemPath);
        boolean itself = exchange.clientPath().equals(itemPath);
        var members = new LinkedHashMap<String, Object>();
        code.ifPresent(text -> members.put("code", text));
        members.put("instance", exchange.clientPath());
        members.put("state", "trashed");
        known.ifPresent(tombstone -> members.put("delete_time", text(tombstone.deleteTime())));
        known.flatMap(Tombstone::purgeTime).ifPresent(time -> members.put("purge_time", text(time)));
        known.ifPresent(tombstone -> members.put("deletion_id", tombstone.deletionId()));
        members.put("restore", restorePath);
        var problem = new Problem(
                policy.answers().gone(),
                "trashed",
                itself
                        ? "The item is in the trash. It can be restored."
                        : "The item " + itemPath + " is in the trash, and everything below it with it.",
                members);
        return Answer.problem(problem, headers(known, restorePath));
    }

    /** A time as it stands in bodies and headers: RFC 3339, UTC. */
    public static String text(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }
}
