package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.Standing.Forgotten;
import dev.cenotaph.gateway.tombstone.Standing.Held;
import dev.cenotaph.gateway.tombstone.Standing.Unknown;
import dev.cenotaph.policy.match.ItemKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A line for each change of a tombstone. Everything here blocks, and has to be called inside a transaction. */
final class AuditTable {
    private final JdbcClient writer;

    AuditTable(JdbcClient writer) {
        this.writer = writer;
    }

    void add(
            ItemKey key,
            String action,
            long revision,
            Standing before,
            Standing after,
            Optional<String> reason,
            long now,
            Trace trace) {
        writer.sql("""
                INSERT INTO audit (revision, time, action, resource, parents, id, deletion_id, version,
                    from_state, to_state, reason, actor, request_id, policy_version)
                VALUES (:revision, :time, :action, :resource, :parents, :id, :deletion_id, :version,
                    :from_state, :to_state, :reason, :actor, :request_id, :policy_version)""")
                .param("revision", revision)
                .param("time", now)
                .param("action", action)
                .param("resource", KeyText.ofId(key.resource()))
                .param("parents", KeyText.ofParents(key.parents()))
                .param("id", KeyText.ofId(key.id()))
                .param("deletion_id", deletionId(after))
                .param("version", after.version())
                .param("from_state", state(before).orElse(null))
                .param("to_state", state(after).orElse(TombstoneRow.FORGOTTEN))
                .param("reason", reason.orElse(null))
                .param("actor", trace.actor().orElse(null))
                .param("request_id", trace.requestId())
                .param("policy_version", trace.policyVersion())
                .update();
    }

    private static String deletionId(Standing standing) {
        return switch (standing) {
            case Held held -> held.tombstone().deletionId();
            case Forgotten forgotten -> forgotten.deletionId();
            case Unknown unknown -> "";
        };
    }

    private static Optional<String> state(Standing standing) {
        return standing instanceof Held held
                ? Optional.of(held.tombstone().state().name())
                : Optional.empty();
    }
}
