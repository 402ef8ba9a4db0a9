package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.rehearsal.Call;
import dev.cenotaph.policy.rehearsal.Case;
import dev.cenotaph.policy.rehearsal.Case.ExpectedCall;
import dev.cenotaph.policy.rehearsal.Case.ExpectedReply;
import dev.cenotaph.policy.rehearsal.Case.Trashed;
import dev.cenotaph.policy.rehearsal.Headers;
import dev.cenotaph.policy.rehearsal.Reply;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads case files: what policies are expected to do with requests. */
public final class CaseFileReader {
    private static final Pattern CALL = Pattern.compile("([A-Z]+) (/\\S*)");
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String NO_BODY = "";

    private final Problems problems = new Problems();

    private CaseFileReader() {}

    /** Reads a file with all that is wrong with it. */
    public static CaseFile read(PolicySource source) {
        var reader = new CaseFileReader();
        var cases = YamlReader.read(source, reader.problems).map(reader::cases).orElse(List.of());
        return new CaseFile(source, cases, reader.problems.inOrderOf(List.of(source.file())));
    }

    private List<CaseFile.Placed> cases(Value value) {
        if (!(value instanceof Mapping mapping)) {
            problems.add(value.at(), ProblemCode.WRONG_TYPE, "A case file must be a map.", "Start with `cases:`.");
            return List.of();
        }
        var file = new MappingReader(mapping.at(), mapping, problems);
        file.required("cases");
        var cases = new ArrayList<CaseFile.Placed>();
        for (MappingReader reader : file.maps("cases")) {
            read(reader)
                    .ifPresent(read ->
                            cases.add(new CaseFile.Placed(reader.mapping().at(), read)));
        }
        file.finish();
        return cases;
    }

    private Optional<Case> read(MappingReader reader) {
        var name = reader.requiredText("name").map(Scalar::text);
        var request = reader.required("request")
                .flatMap(entry -> reader.map("request", entry))
                .flatMap(this::request);
        var trashed =
                reader.entry("trashed").map(entry -> trashed(entry.value())).orElse(List.of());
        var calls = reader.maps("upstream").stream()
                .flatMap(call -> call(call).stream())
                .toList();
        var reply = reader.required("answer")
                .flatMap(entry -> reader.map("answer", entry))
                .flatMap(this::reply);
        reader.finish();
        return name.isPresent() && request.isPresent() && reply.isPresent()
                ? Optional.of(new Case(name.get(), request.get(), trashed, calls, reply.get()))
                : Optional.empty();
    }

    private Optional<Call> request(MappingReader reader) {
        var line = reader.requiredText("call").flatMap(this::call);
        var body = body(reader);
        var headers = typed(headers(reader), body);
        reader.finish();
        return line.map(call -> new Call(call[0], call[1], headers, body.orElse(NO_BODY)));
    }

    private Optional<ExpectedCall> call(MappingReader reader) {
        var line = reader.requiredText("call").flatMap(this::call);
        var headers = headers(reader);
        var body = body(reader);
        var answer = reader.map("answer").flatMap(this::answer);
        reader.finish();
        return line.map(call -> new ExpectedCall(
                call[0], call[1], headers, body, answer.orElse(new Reply(200, Headers.NONE, NO_BODY))));
    }

    private Optional<Reply> answer(MappingReader reader) {
        var status = status(reader);
        var body = body(reader);
        var headers = typed(headers(reader), body);
        reader.finish();
        return status.map(code -> new Reply(code, headers, body.orElse(NO_BODY)));
    }

    private Optional<ExpectedReply> reply(MappingReader reader) {
        var status = status(reader);
        var headers = headers(reader);
        var body = body(reader);
        var problem = reader.text("problem").map(Scalar::text);
        reader.finish();
        return status.map(code -> new ExpectedReply(code, headers, body, problem));
    }

    private List<Trashed> trashed(Value value) {
        if (!(value instanceof Sequence sequence)) {
            problems.add(value.at(), ProblemCode.WRONG_TYPE, "`trashed` must be a list.", "Write a list of paths.");
            return List.of();
        }
        var trashed = new ArrayList<Trashed>();
        for (Value element : sequence.elements()) {
            if (element instanceof Mapping mapping) {
                trashed(new MappingReader(mapping.at(), mapping, problems)).ifPresent(trashed::add);
            } else if (element instanceof Scalar scalar && scalar.isText()) {
                trashed.add(new Trashed(scalar.text(), Optional.empty(), LONG_AGO, Optional.empty()));
            } else {
                problems.add(element.at(), ProblemCode.WRONG_TYPE, "This is no item.", "Write the path of an item.");
            }
        }
        return trashed;
    }

    private Optional<Trashed> trashed(MappingReader reader) {
        var item = reader.requiredText("item");
        var former = reader.entry("former").map(entry -> json(entry.value()));
        var time = reader.text("delete-time").flatMap(this::time);
        var with = reader.text("with").map(Scalar::text);
        reader.finish();
        return item.map(path -> new Trashed(path.text(), former, time.orElse(LONG_AGO), with));
    }

    private Optional<Instant> time(Scalar scalar) {
        try {
            return Optional.of(Instant.parse(scalar.text()));
        } catch (DateTimeParseException e) {
            problems.add(
                    scalar.at(),
                    ProblemCode.INVALID_VALUE,
                    Wording.quoted(scalar.text()) + " is no time.",
                    "Write it like `2026-11-22T12:00:00Z`.");
            return Optional.empty();
        }
    }

    private Optional<String[]> call(Scalar scalar) {
        var call = CALL.matcher(scalar.text());
        if (call.matches()) {
            return Optional.of(new String[] {call.group(1), call.group(2)});
        }
        problems.add(
                scalar.at(),
                ProblemCode.INVALID_VALUE,
                Wording.quoted(scalar.text()) + " is no method and path.",
                "Write it like `DELETE /api/orders/7`.");
        return Optional.empty();
    }

    private Optional<Integer> status(MappingReader reader) {
        reader.required("status");
        var scalar = reader.scalar("status");
        var status = scalar.map(Scalar::text).filter(text -> text.matches("[1-5]\\d\\d"));
        if (scalar.isPresent() && status.isEmpty()) {
            problems.add(scalar.get().at(), ProblemCode.INVALID_VALUE, "This is no status.", "Write it like `204`.");
        }
        return status.map(Integer::parseInt);
    }

    private Headers headers(MappingReader reader) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        reader.map("headers")
                .ifPresent(map -> map.mapping()
                        .entries()
                        .forEach(
                                (name, entry) -> map.scalar(name).ifPresent(value -> headers.put(name, value.text()))));
        return new Headers(headers);
    }

    /** JSON of any kind under {@code body}, or bytes as they are under {@code text}. */
    private static Optional<String> body(MappingReader reader) {
        var text = reader.text("text").map(Scalar::text);
        return reader.entry("body").map(entry -> json(entry.value())).or(() -> text);
    }

    private static Headers typed(Headers headers, Optional<String> body) {
        return body.filter(text -> !text.isEmpty()).isPresent()
                        && headers.first("Content-Type").isEmpty()
                ? headers.with("Content-Type", "application/json")
                : headers;
    }

    private static String json(Value value) {
        return switch (value) {
            case Scalar scalar -> scalar.json().json();
            case Sequence sequence ->
                sequence.elements().stream().map(CaseFileReader::json).collect(Collectors.joining(",", "[", "]"));
            case Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(CaseFileReader::member)
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String member(Map.Entry<String, Mapping.Entry> member) {
        return Json.quoted(member.getKey()) + ":" + json(member.getValue().value());
    }
}
