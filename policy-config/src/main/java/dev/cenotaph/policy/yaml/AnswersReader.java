package dev.cenotaph.policy.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Answers.Delete;
import dev.cenotaph.policy.Answers.Read;
import dev.cenotaph.policy.Answers.Repeat;
import dev.cenotaph.policy.json.JsonSpan;
import dev.cenotaph.policy.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code answers}. */
final class AnswersReader {
    private static final Choices<Delete> DELETE = Choices.of(204, Delete.NO_CONTENT)
            .or(200, Delete.OK_WITH_ITEM)
            .or(202, Delete.ACCEPTED)
            .or("cascade", Delete.OK_WITH_CASCADE)
            .or("pass", Delete.PASS);
    private static final Choices<Repeat> REPEAT =
            Choices.of("gone", Repeat.GONE).or(204, Repeat.NO_CONTENT);
    private static final Choices<Read> READ = Choices.of("gone", Read.GONE).or("item", Read.ITEM);
    private static final Choices<Integer> GONE = Choices.of(410, 410).or(404, 404);
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]+");

    private AnswersReader() {}

    static Answers read(MappingReader resource) {
        return resource.map("answers")
                .map(AnswersReader::answers)
                .orElse(Answers.plain(Delete.NO_CONTENT, Repeat.GONE, 410));
    }

    private static Answers answers(MappingReader answers) {
        var delete = answers.choice("delete", DELETE, Delete.NO_CONTENT);
        var body = deleteBody(answers, delete);
        var repeat = answers.choice("repeat", REPEAT, Repeat.GONE);
        var code = code(answers);
        var read = answers.choice("read", READ, Read.GONE);
        int gone = answers.choice("gone", GONE, 410);
        var allowMissing = TrashReader.parameters(answers, "allow-missing", List.of());
        answers.finish();
        return new Answers(
                body.isPresent() ? Delete.OK_WITH_BODY : delete, body, repeat, code, read, gone, allowMissing);
    }

    /** It matters for 200 alone; another status may stand over defaults that have a body. */
    private static Optional<String> deleteBody(MappingReader answers, Delete delete) {
        var body = answers.text("delete-body")
                .filter(text -> !text.text().equals("item"))
                .flatMap(text -> json(answers, text));
        if (delete == Delete.OK_WITH_ITEM) {
            return body;
        }
        answers.entry("delete-body")
                .filter(entry -> !entry.inherited())
                .ifPresent(entry -> answers.problems()
                        .add(
                                entry.at(),
                                ProblemCode.CONTRADICTION,
                                "`delete-body` goes with `delete: 200`.",
                                "Write `delete: 200`, or remove it."));
        return Optional.empty();
    }

    private static Optional<String> json(MappingReader answers, Scalar text) {
        try {
            JsonSpan.of(text.text().getBytes(UTF_8));
            return Optional.of(text.text());
        } catch (MalformedJsonException e) {
            String what = Wording.quoted(text.text()) + " is no JSON.";
            String mend = "Write `item`, or a JSON document in quotes: `'{\"deleted\":true}'`.";
            answers.problems().add(text.at(), ProblemCode.INVALID_VALUE, what, mend);
            return Optional.empty();
        }
    }

    private static Optional<String> code(MappingReader answers) {
        return answers.text("repeat-code")
                .filter(text -> !text.text().equals("none"))
                .flatMap(text -> {
                    if (CODE.matcher(text.text()).matches()) {
                        return Optional.of(text.text());
                    }
                    String what = Wording.quoted(text.text()) + " is no code.";
                    answers.problems()
                            .add(text.at(), ProblemCode.INVALID_NAME, what, "Write letters, digits, `_`, `-` and `.`.");
                    return Optional.empty();
                });
    }
}
