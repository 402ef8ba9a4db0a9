package dev.cenotaph.policy.cli;

import static dev.cenotaph.policy.cli.JsonOutput.object;

import dev.cenotaph.policy.operation.Operation;
import dev.cenotaph.policy.rehearsal.Exchange;
import dev.cenotaph.policy.rehearsal.Headers;
import dev.cenotaph.policy.rehearsal.Reply;
import java.util.Map;
import java.util.Optional;

/** How an explanation looks. */
final class ExplanationText {
    private final Ink ink;
    private final StringBuilder text = new StringBuilder();

    private ExplanationText(Ink ink) {
        this.ink = ink;
    }

    static String of(Explanation explanation, Ink ink) {
        var output = new ExplanationText(ink);
        output.append(explanation);
        return output.text.toString();
    }

    static String json(Explanation explanation) {
        return JsonOutput.pretty(object(
                "request",
                explanation.request(),
                "facts",
                explanation.facts().stream()
                        .map(fact -> object("name", fact.name(), "text", fact.text()))
                        .toList(),
                "ways",
                explanation.ways().stream().map(ExplanationText::way).toList()));
    }

    private static Map<String, Object> way(Explanation.Way way) {
        return object(
                "state",
                way.state(),
                "upstream",
                way.outcome().exchanges().stream()
                        .map(ExplanationText::exchange)
                        .toList(),
                "answer",
                reply(way.outcome().reply()));
    }

    private static Map<String, Object> exchange(Exchange exchange) {
        return object(
                "method",
                exchange.call().method(),
                "path",
                exchange.call().path(),
                "headers",
                exchange.call().headers().fields(),
                "body",
                Optional.of(exchange.call().body()).filter(body -> !body.isEmpty()),
                "assumed-answer",
                reply(exchange.reply()));
    }

    private static Map<String, Object> reply(Reply reply) {
        return object(
                "status",
                reply.status(),
                "headers",
                reply.headers().fields(),
                "body",
                Optional.of(reply.body()).filter(body -> !body.isEmpty()));
    }

    private void append(Explanation explanation) {
        text.append(ink.strong(explanation.request())).append("\n\n");
        explanation.facts().forEach(fact -> text.append("  %-9s %s%n".formatted(fact.name(), fact.text())));
        explanation.ways().forEach(this::append);
    }

    private void append(Explanation.Way way) {
        text.append('\n');
        way.state()
                .ifPresent(state -> text.append(ink.strong(subject(way) + " is " + state + "."))
                        .append('\n'));
        if (way.outcome().exchanges().isEmpty()) {
            text.append("  Nothing is sent upstream.\n");
        }
        int number = 1;
        for (Exchange exchange : way.outcome().exchanges()) {
            text.append("  ")
                    .append(number++)
                    .append(". ")
                    .append(ink.strong(exchange.call().toString()));
            text.append('\n');
            append("       ", exchange.call().headers(), exchange.call().body());
            text.append(ink.faint("     answered, let us say, with "
                            + exchange.reply().status() + " " + exchange.reply().body()))
                    .append('\n');
        }
        Reply reply = way.outcome().reply();
        text.append("  The client gets ").append(status(reply)).append(".\n");
        append("       ", reply.headers(), reply.body());
    }

    private static String subject(Explanation.Way way) {
        return way.outcome()
                        .operation()
                        .filter(operation -> operation instanceof Operation.ChangeMany)
                        .isPresent()
                ? "Each item"
                : "The item";
    }

    private String status(Reply reply) {
        String status = Integer.toString(reply.status());
        return reply.status() < 400 ? ink.good(status) : ink.warning(status);
    }

    private void append(String indent, Headers headers, String body) {
        headers.fields().forEach((name, value) -> text.append(indent + name + ": " + value + "\n"));
        if (!body.isEmpty()) {
            text.append(indent + body + "\n");
        }
    }
}
