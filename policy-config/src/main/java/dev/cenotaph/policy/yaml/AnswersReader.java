package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.Answers;
import dev.cenotaph.policy.Answers.Delete;
import dev.cenotaph.policy.Answers.Repeat;

/** Reads {@code answers}. */
final class AnswersReader {
    private static final Choices<Delete> DELETE = Choices.of(204, Delete.NO_CONTENT)
            .or(200, Delete.OK_WITH_ITEM)
            .or(202, Delete.ACCEPTED)
            .or("pass", Delete.PASS);
    private static final Choices<Repeat> REPEAT =
            Choices.of("gone", Repeat.GONE).or(204, Repeat.NO_CONTENT);
    private static final Choices<Integer> GONE = Choices.of(410, 410).or(404, 404);

    private AnswersReader() {}

    static Answers read(MappingReader resource) {
        return resource.map("answers")
                .map(AnswersReader::answers)
                .orElse(new Answers(Delete.NO_CONTENT, Repeat.GONE, 410));
    }

    private static Answers answers(MappingReader answers) {
        var delete = answers.choice("delete", DELETE, Delete.NO_CONTENT);
        var repeat = answers.choice("repeat", REPEAT, Repeat.GONE);
        int gone = answers.choice("gone", GONE, 410);
        answers.finish();
        return new Answers(delete, repeat, gone);
    }
}
