package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.tombstone.BodyKeys;
import dev.cenotaph.gateway.tombstone.StoreAddress;
import dev.cenotaph.policy.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the gateway.
 *
 * @param enabled whether Cenotaph is there at all; without it, hard deletes flow
 * @param policies a policy file, or a directory of them
 * @param mode of the whole gateway; where it acts less than a policy's own, it holds. {@code off} and {@code shadow} let hard
 *     deletes through
 * @param global whether every route is governed, or only those that name the filter {@code SoftDelete}
 * @param defaultUpstream where the runnable proxy sends what lies near no policy's resources; with one upstream alone
 *     everything goes there
 * @param forwarding how the runnable proxy forwards
 * @param credentials whose rights calls have that nobody asked for: those of a purge, a recovery, a rebuild
 */
@ConfigurationProperties("cenotaph")
public record CenotaphProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("policy-config/policies") Path policies,
        @DefaultValue("enforce") Mode mode,
        @DefaultValue Reload reload,
        @DefaultValue("true") boolean global,
        @Nullable URI defaultUpstream,
        @DefaultValue("direct") Way forwarding,
        @DefaultValue Store store,
        @DefaultValue Client client,
        @DefaultValue Upstream upstream,
        @DefaultValue List<Credentials> credentials,
        @DefaultValue Recovery recovery,
        @DefaultValue Purge purge,
        @DefaultValue Rebuild rebuild,
        @DefaultValue Cascade cascade,
        @DefaultValue Limits limits,
        @DefaultValue Bodies bodies,
        @DefaultValue Reveal reveal) {

    /** A way through the runnable proxy. */
    public enum Way {
        /** From connection to connection; the chain where other settings configure what only it does. */
        DIRECT,
        /** Through Spring Cloud Gateway's filter chain, always. */
        CHAIN
    }

    /**
     * Policy files that change while the gateway runs.
     *
     * @param enabled whether they are looked at; a look that is asked for is made in any case
     * @param interval between two looks, where nothing tells that they changed
     * @param settle how long they have to stay the same
     */
    public record Reload(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("2s") Duration interval,
            @DefaultValue("300ms") Duration settle) {}

    /**
     * Where tombstones are kept.
     *
     * @param url a JDBC URL of SQLite or PostgreSQL
     * @param username of PostgreSQL, where the URL names none
     * @param password of PostgreSQL, where the URL names none
     * @param lease how long after a gateway process ended or lost the store its open changes are settled by another; a
     *     process at work renews its leases three times as often
     * @param details how many tombstones are kept in memory with their details; all keys always are
     * @param staleness how long other replicas' changes may go unread before what memory says is not relied on any more
     */
    public record Store(
            @DefaultValue("jdbc:sqlite:data/cenotaph.db") String url,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("6s") Duration lease,
            @DefaultValue("100000") long details,
            @DefaultValue("5s") Duration staleness) {

        StoreAddress address() {
            return new StoreAddress(url, Optional.ofNullable(username), Optional.ofNullable(password));
        }
    }

    /**
     * What clients of the runnable proxy may take their time with; zero for no bound.
     *
     * @param readTimeout between two pieces of a request that has begun
     * @param requestTimeout for a whole request, its body included
     */
    public record Client(
            @DefaultValue("60s") Duration readTimeout,
            @DefaultValue("0s") Duration requestTimeout) {}

    /**
     * The upstreams of all policies.
     *
     * @param timeout of one call of our own, from the first byte sent to the last received
     * @param preserveHost whether the runnable proxy sends the {@code Host} on that the client named, so that links which an
     *     upstream makes of it lead back to the proxy; otherwise an upstream gets its own
     */
    public record Upstream(
            @DefaultValue("15s") Duration timeout,
            @DefaultValue("false") boolean preserveHost) {}

    /**
     * Credentials of our own for one upstream.
     *
     * @param upstream as the policy file names it
     * @param headers sent along; none for an upstream that asks nobody who he is
     */
    public record Credentials(URI upstream, @DefaultValue Map<String, String> headers) {}

    /**
     * What was left open.
     *
     * @param interval between two looks for it
     */
    public record Recovery(@DefaultValue("1s") Duration interval) {}

    /**
     * What becomes of items whose retention has ended.
     *
     * @param interval between two runs
     * @param maxPerRun how many items one run deletes at most
     * @param stopAbove how many items of a resource may be due before somebody has to confirm that
     * @param stopAboveShare the same, as a share of all its trashed items; counts above {@code maxPerRun}
     * @param dryRun whether runs only tell what they would do
     */
    public record Purge(
            @DefaultValue("1m") Duration interval,
            @DefaultValue("100") int maxPerRun,
            @DefaultValue("1000") long stopAbove,
            @DefaultValue("0.5") double stopAboveShare,
            @DefaultValue("false") boolean dryRun) {}

    /**
     * How the index of a resource is rebuilt from its list.
     *
     * @param rate how many calls a second it makes at most
     */
    public record Rebuild(@DefaultValue("5") double rate) {}

    /**
     * Which callers count as known, for policies with {@code reveal: known-caller}.
     *
     * @param credentialHeaders the headers that say who a caller is
     * @param remember how long a caller is known who was shown something
     * @param maxCallers how many such showings are remembered at once
     */
    public record Reveal(
            @DefaultValue({"Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key", "Api-Key", "X-Auth-Token"})
            List<String> credentialHeaders,

            @DefaultValue("5m") Duration remember,
            @DefaultValue("100000") long maxCallers) {}

    /**
     * What lies below an item and follows it.
     *
     * @param patience how long an answer waits for it; then it is 202, and the rest goes on
     */
    public record Cascade(@DefaultValue("10s") Duration patience) {}

    /**
     * What may be held for one request, and how long.
     *
     * @param requestBody the longest request body that is looked at before it passes; a longer one is 413
     * @param item the longest item that our own reads take
     * @param peek the longest item answer that is looked at on its way; a longer one passes unseen
     * @param bodyTime how long an item or a list that is looked at may take to come
     * @param listItem the longest row of a list
     * @param listHeld how much of a list is held back, so that its headers can be made to fit
     * @param listDecoded the longest list that a compressed answer may grow to
     * @param listRatio how many times longer than its compressed form a list may be
     * @param listPage how much of a list that is counted or filled is held, the pages that fill it included; a longer one
     *     streams as it is, short
     * @param fillCalls how many further pages of the upstream one page is filled from
     * @param fillTime how long that may take
     * @param goneAtHand how much memory the proxy spends, roughly, on gone answers that are kept for the next request
     */
    public record Limits(
            @DefaultValue("16MB") DataSize requestBody,
            @DefaultValue("16MB") DataSize item,
            @DefaultValue("1MB") DataSize peek,
            @DefaultValue("10m") Duration bodyTime,
            @DefaultValue("1MB") DataSize listItem,
            @DefaultValue("1MB") DataSize listHeld,
            @DefaultValue("256MB") DataSize listDecoded,
            @DefaultValue("200") int listRatio,
            @DefaultValue("8MB") DataSize listPage,
            @DefaultValue("8") int fillCalls,
            @DefaultValue("5s") Duration fillTime,
            @DefaultValue("32MB") DataSize goneAtHand) {}

    /**
     * Former bodies of items, as they lie in the store.
     *
     * @param keys for AES-256-GCM: 32 bytes in Base64 under an id; without any, bodies lie in the clear
     * @param currentKey the id of the key that is written with; the others still read
     */
    public record Bodies(
            @DefaultValue Map<String, String> keys,
            @Nullable String currentKey) {

        BodyKeys bodyKeys() {
            return BodyKeys.of(keys, Optional.ofNullable(currentKey));
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "Bodies" + keys.keySet();
        }
    }
}
