package dev.cenotaph.gateway.tombstone;

import dev.cenotaph.gateway.tombstone.FirstAnswers.Attempt;
import dev.cenotaph.gateway.tombstone.FirstAnswers.FirstAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code first_answer}. Everything here blocks. */
final class FirstAnswerStore {
    /** As long as the services keep them whose clients know the header. */
    private static final Duration KEPT = Duration.ofHours(24);

    private final Clock clock;
    private final Duration lease;
    private final JdbcClient database;
    private final TransactionTemplate transaction;

    /** @param lease how long an attempt is alone */
    FirstAnswerStore(Engine engine, Clock clock, Duration lease) {
        this.clock = clock;
        this.lease = lease;
        this.database = JdbcClient.create(engine.writer());
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine.writer()));
    }

    /** A row of the table. */
    private record Row(String fingerprint, Instant beginTime, Instant leaseUntil, Optional<FirstAnswer> answer) {}

    Attempt begin(String scope, String fingerprint) {
        return inTransaction(() -> {
            Instant now = clock.instant();
            database.sql("DELETE FROM first_answer WHERE expire_time <= :now")
                    .param("now", now.toEpochMilli())
                    .update();
            return insert(scope, fingerprint, now)
                    ? new Attempt.Unanswered(now, false)
                    : again(scope, fingerprint, now);
        });
    }

    int keep(String scope, FirstAnswer answer) {
        return inTransaction(() -> database.sql(
                        "UPDATE first_answer SET status = :status, headers = :headers, body = :body WHERE scope = :scope")
                .param("status", answer.status())
                .param("headers", lines(answer.headers()))
                .param("body", Base64.getEncoder().encodeToString(answer.body()))
                .param("scope", scope)
                .update());
    }

    int leave(String scope) {
        return inTransaction(
                () -> database.sql("UPDATE first_answer SET lease_until = 0 WHERE scope = :scope AND status IS NULL")
                        .param("scope", scope)
                        .update());
    }

    /** Whoever was under way is no more. */
    int endLeases() {
        return inTransaction(() -> database.sql("UPDATE first_answer SET lease_until = 0 WHERE status IS NULL")
                .update());
    }

    private boolean insert(String scope, String fingerprint, Instant now) {
        return database.sql(
                                "INSERT INTO first_answer (scope, fingerprint, begin_time, lease_until, expire_time)"
                                        + " VALUES (:scope, :fingerprint, :now, :lease, :expiry) ON CONFLICT (scope) DO NOTHING")
                        .param("scope", scope)
                        .param("fingerprint", fingerprint)
                        .param("now", now.toEpochMilli())
                        .param("lease", now.plus(lease).toEpochMilli())
                        .param("expiry", now.plus(KEPT).toEpochMilli())
                        .update()
                == 1;
    }

    private Attempt again(String scope, String fingerprint, Instant now) {
        Optional<Row> found = database.sql("SELECT * FROM first_answer WHERE scope = :scope")
                .param("scope", scope)
                .query((row, number) -> read(row))
                .optional();
        if (found.isEmpty()) {
            return new Attempt.UnderWay();
        }
        Row row = found.get();
        if (!row.fingerprint().equals(fingerprint)) {
            return new Attempt.UsedOtherwise();
        }
        if (row.answer().isPresent()) {
            return new Attempt.Answered(row.answer().get());
        }
        return !now.isBefore(row.leaseUntil()) && takeOver(scope, row, now)
                ? new Attempt.Unanswered(row.beginTime(), true)
                : new Attempt.UnderWay();
    }

    private boolean takeOver(String scope, Row row, Instant now) {
        return database.sql("UPDATE first_answer SET lease_until = :lease"
                                + " WHERE scope = :scope AND lease_until = :before AND status IS NULL")
                        .param("lease", now.plus(lease).toEpochMilli())
                        .param("scope", scope)
                        .param("before", row.leaseUntil().toEpochMilli())
                        .update()
                == 1;
    }

    private static Row read(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        Optional<FirstAnswer> answer = row.wasNull()
                ? Optional.empty()
                : Optional.of(new FirstAnswer(
                        status,
                        headers(row.getString("headers")),
                        Base64.getDecoder().decode(row.getString("body"))));
        return new Row(
                row.getString("fingerprint"),
                Instant.ofEpochMilli(row.getLong("begin_time")),
                Instant.ofEpochMilli(row.getLong("lease_until")),
                answer);
    }

    private static String lines(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, List<String>> headers(String lines) {
        var headers = new LinkedHashMap<String, List<String>>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 2));
        });
        return headers;
    }

    private <T> T inTransaction(Supplier<T> work) {
        return StoreUnavailableException.unless(() -> transaction.execute(status -> work.get()));
    }
}
