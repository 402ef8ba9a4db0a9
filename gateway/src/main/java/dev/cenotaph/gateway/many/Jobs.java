package dev.cenotaph.gateway.many;

import dev.cenotaph.gateway.exchange.Answer;
import dev.cenotaph.gateway.exchange.Conflicts;
import dev.cenotaph.gateway.exchange.Failure;
import dev.cenotaph.gateway.exchange.GovernedExchange;
import dev.cenotaph.gateway.exchange.Idempotency;
import dev.cenotaph.gateway.exchange.Idempotency.Try;
import dev.cenotaph.gateway.exchange.Problem;
import dev.cenotaph.gateway.exchange.TrashFacts;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.tombstone.ManyJob;
import dev.cenotaph.gateway.tombstone.ManyJob.Outcome;
import dev.cenotaph.gateway.tombstone.ManyJobs;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.TombstonePage;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ResourceMatch.Target.Many.Change;
import dev.cenotaph.policy.match.TrashTemplates;
import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.selection.Selection;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes of many items that take longer than a client waits (AIP-151). They have their caller's rights and nobody else's:
 * his credentials are kept in memory while the process lives and nowhere else, so that after its end he has to ask for the
 * rest again.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 1000;
    private static final int TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** How many items one change takes at most. */
    private static final int MOST = 100_000;

    private final Tombstones tombstones;
    private final ManyJobs jobs;
    private final Disclosure disclosure;
    private final Clock clock;
    private volatile boolean closing;

    public Jobs(Tombstones tombstones, Disclosure disclosure, Clock clock) {
        this.tombstones = tombstones;
        this.jobs = tombstones.manyJobs();
        this.disclosure = disclosure;
        this.clock = clock;
    }

    /** The ids of what the filter takes and the caller may know of. */
    Mono<List<String>> chosen(GovernedExchange exchange, Operation.ChangeMany operation, Selection.Filter filter) {
        ResourcePolicy policy = exchange.policy();
        return page(policy, operation, Optional.empty())
                .expand(page -> page.next().isEmpty() ? Mono.empty() : page(policy, operation, page.next()))
                .concatMapIterable(page -> page.tombstones())
                .filter(row -> filter.takes(row.deleteTime(), row.actor(), row.deletionId()))
                .take(MOST + 1L)
                .flatMapSequential(row -> seen(exchange, row), ManyAtOnce.AT_A_TIME)
                .collectList()
                .flatMap(ids -> ids.size() > MOST ? Mono.error(tooMany()) : Mono.just(ids));
    }

    private Mono<TombstonePage> page(ResourcePolicy policy, Operation.ChangeMany operation, Optional<String> token) {
        return tombstones.page(policy.name(), operation.parents(), PAGE, token);
    }

    private Mono<String> seen(GovernedExchange exchange, Tombstone row) {
        return disclosure
                .mayKnow(exchange, exchange.policy(), row.key())
                .filter(known -> known)
                .map(known -> row.key().id());
    }

    /** Begins a change, and answers while it is at work. */
    Mono<Answer> begin(GovernedExchange exchange, Operation.ChangeMany operation, List<String> ids, OneItem items) {
        String id = UUID.randomUUID().toString();
        return jobs.begin(
                        id,
                        exchange.policy().name(),
                        operation.parents(),
                        operation.change().name(),
                        Idempotency.caller(exchange, id),
                        ids)
                .map(job -> {
                    work(exchange, operation, job.id(), items, false);
                    return progress(exchange, job, 202);
                });
    }

    /** How far it has come; goes on with it where that is asked for and nobody is at work. */
    Mono<Answer> answer(GovernedExchange exchange, Operation.Job operation, OneItem items) {
        return jobs.find(operation.id())
                .filter(job -> job.resource().equals(exchange.policy().name())
                        && job.parents().equals(operation.parents())
                        && job.caller().equals(Idempotency.caller(exchange, job.id())))
                .flatMap(job ->
                        operation.resume() ? resumed(exchange, job, items) : Mono.just(progress(exchange, job, 200)))
                .switchIfEmpty(Mono.fromSupplier(() ->
                        Answer.problem(Problem.of(404, "no-such-job", "There is no such change of many items."))));
    }

    private Mono<Answer> resumed(GovernedExchange exchange, ManyJob job, OneItem items) {
        if (job.left() == 0) {
            return Mono.just(progress(exchange, job, 200));
        }
        var operation = new Operation.ChangeMany(
                Change.valueOf(job.change()),
                job.parents(),
                List.of(),
                job.change().equals(Change.PURGE.name()),
                false);
        return jobs.take(job.id()).flatMap(taken -> {
            if (!taken) {
                return Mono.just(Conflicts.busy());
            }
            work(exchange, operation, job.id(), items, true);
            return jobs.find(job.id()).map(now -> progress(exchange, now, 202));
        });
    }

    /** @param again whether some of the items may be done already, and nobody wrote it down */
    private void work(
            GovernedExchange exchange, Operation.ChangeMany operation, String job, OneItem items, boolean again) {
        var one = new Try(job, again);
        Mono<Boolean> some = Mono.defer(() -> jobs.next(job, ManyAtOnce.AT_A_TIME))
                .flatMap(ids -> ids.isEmpty() ? Mono.just(false) : some(exchange, operation, job, ids, items, one));
        Mono<Void> all = some.repeat()
                .takeWhile(more -> more && !closing)
                .then(jobs.leave(job))
                .doOnError(failure -> LOG.error("a change of many items stopped before its end: {}", job, failure))
                .onErrorComplete();
        Future<?> unused = Mono.firstWithSignal(all, keeping(job)).toFuture();
    }

    /** Says that the work goes on; never ends. One item may take longer than a lease. */
    private Mono<Void> keeping(String job) {
        return Flux.interval(jobs.beat())
                .onBackpressureDrop()
                .concatMap(beat -> jobs.keep(job)
                        .doOnError(failure -> LOG.debug("the store was not told of the change {}", job, failure))
                        .onErrorComplete())
                .then(Mono.never());
    }

    private Mono<Boolean> some(
            GovernedExchange exchange,
            Operation.ChangeMany operation,
            String job,
            List<String> ids,
            OneItem items,
            Try one) {
        return Flux.fromIterable(ids)
                .flatMap(id -> patiently(ManyAtOnce.changed(exchange, operation, id, items, one)))
                .map(Jobs::outcome)
                .collectList()
                .flatMap(outcomes -> closing ? Mono.just(false) : jobs.save(job, outcomes));
    }

    /** What is under way is left undone: that the process ends is nobody's failure. */
    @Override
    public void close() {
        closing = true;
    }

    /** What is only in the way for now is waited for; a client would do the same. */
    private static Mono<Results.Result> patiently(Mono<Results.Result> change) {
        return change.filter(result -> !result.answer().headers().containsHeader(HttpHeaders.RETRY_AFTER))
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(BETWEEN_TRIES))
                .onErrorResume(IllegalStateException.class, exhausted -> change);
    }

    private Answer progress(GovernedExchange exchange, ManyJob job, int status) {
        String path = exchange.clientPathOf(path(exchange, job));
        boolean over = job.left() == 0;
        boolean atWork = !over && clock.instant().isBefore(job.leaseUntil());
        var document = new LinkedHashMap<String, Object>();
        document.put("id", job.id());
        document.put("change", job.change().toLowerCase(Locale.ROOT));
        document.put("state", over ? "done" : atWork ? "running" : "waiting");
        document.put("succeeded", job.done());
        document.put("failed", job.failed());
        document.put("left", job.left());
        document.put("start_time", TrashFacts.text(job.startTime()));
        document.put("change_time", TrashFacts.text(job.changeTime()));
        document.put("failures", job.failures().stream().map(Jobs::failure).toList());
        if (!over && !atWork) {
            document.put("resume", path);
        }
        return Results.json(
                status,
                document,
                status == 202 ? Map.of(HttpHeaders.LOCATION, path, HttpHeaders.RETRY_AFTER, "1") : Map.of());
    }

    private static String path(GovernedExchange exchange, ManyJob job) {
        ResourcePolicy policy = exchange.policy();
        var trash =
                TrashTemplates.of(policy.path(), policy.item(), policy.trash().collection());
        String stem = new PathTemplate("", trash.stem())
                .expand(name -> job.parents().get(policy.path().variables().indexOf(name)));
        return stem + ":jobs/" + job.id();
    }

    private static Map<String, Object> failure(Outcome outcome) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", outcome.id());
        document.put("status", outcome.status());
        outcome.detail().ifPresent(detail -> document.put("problem", JSON.readTree(detail)));
        return document;
    }

    private static Failure tooMany() {
        return new Failure(Problem.of(
                400, "too-many-items", "The filter takes more than " + MOST + " items; name fewer of them."));
    }

    private static Outcome outcome(Results.Result result) {
        Optional<String> detail = result.isWell()
                ? Optional.empty()
                : Optional.of(JSON.writeValueAsString(Results.problem(result.answer())));
        return new Outcome(result.id(), result.answer().status(), detail);
    }
}
