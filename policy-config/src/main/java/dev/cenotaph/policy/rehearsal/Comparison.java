package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Place;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import dev.cenotaph.policy.rehearsal.Case.ExpectedCall;
import dev.cenotaph.policy.rehearsal.Case.ExpectedReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what a case expects with what came of it. Both are written down in lines; what is not looked at is left out. */
public final class Comparison {
    private Comparison() {}

    /** A unified diff from what is expected to what came of it; empty where the two agree. */
    public static List<String> differences(Case expected, List<Call> calls, Reply reply) {
        var wanted = new ArrayList<String>();
        var got = new ArrayList<String>();
        for (int i = 0; i < Math.max(calls.size(), expected.calls().size()); i++) {
            var wantedCall =
                    i < expected.calls().size() ? Optional.of(expected.calls().get(i)) : Optional.<ExpectedCall>empty();
            var call = i < calls.size() ? Optional.of(calls.get(i)) : Optional.<Call>empty();
            wantedCall.ifPresent(it -> wanted.addAll(lines(it)));
            call.ifPresent(it -> got.addAll(lines(it, wantedCall)));
        }
        wanted.addAll(lines(expected.reply()));
        got.addAll(lines(reply, expected.reply()));
        return wanted.equals(got) ? List.of() : LineDiff.between(wanted, got);
    }

    private static List<String> lines(ExpectedCall call) {
        var lines = new ArrayList<String>();
        lines.add("upstream gets " + call.method() + " " + call.path());
        call.headers().fields().forEach((name, value) -> lines.add(header(name, Optional.of(value))));
        call.body().ifPresent(body -> lines.addAll(JsonLines.of(body)));
        return lines;
    }

    private static List<String> lines(Call call, Optional<ExpectedCall> expected) {
        var lines = new ArrayList<String>();
        lines.add("upstream gets " + call);
        expected.ifPresent(it -> lines.addAll(headers(it.headers(), call.headers())));
        expected.flatMap(ExpectedCall::body).ifPresent(body -> lines.addAll(JsonLines.of(call.body(), body)));
        return lines;
    }

    private static List<String> lines(ExpectedReply reply) {
        var lines = new ArrayList<String>();
        lines.add("client gets " + reply.status());
        reply.problem().ifPresent(code -> lines.add("  problem: " + code));
        reply.headers().fields().forEach((name, value) -> lines.add(header(name, Optional.of(value))));
        reply.body().ifPresent(body -> lines.addAll(JsonLines.of(body)));
        return lines;
    }

    private static List<String> lines(Reply reply, ExpectedReply expected) {
        var lines = new ArrayList<String>();
        lines.add("client gets " + reply.status());
        expected.problem().ifPresent(code -> lines.add("  problem: " + problem(reply)));
        lines.addAll(headers(expected.headers(), reply.headers()));
        expected.body().ifPresent(body -> lines.addAll(JsonLines.of(reply.body(), body)));
        return lines;
    }

    private static List<String> headers(Headers expected, Headers actual) {
        var lines = new ArrayList<String>();
        expected.fields()
                .forEach((name, value) -> lines.add(header(
                        name, actual.first(name).map(text -> JsonLines.fits(text, value) ? value : text))));
        return lines;
    }

    private static String header(String name, Optional<String> value) {
        return "  " + name + ": " + value.orElse("(absent)");
    }

    /** The last part of a problem's type. */
    private static String problem(Reply reply) {
        try {
            return JsonSpan.of(reply.body())
                    .find(new Place(List.of("type")))
                    .map(JsonSpan::text)
                    .map(type -> type.substring(type.lastIndexOf('/') + 1))
                    .orElse("(none)");
        } catch (MalformedJsonException e) {
            return "(none)";
        }
    }
}
