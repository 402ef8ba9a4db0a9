package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.Embedded;
import dev.cenotaph.policy.match.EmbeddedMatch;
import java.util.stream.Collectors;

/** Says what an answer holds of another resource. */
final class EmbeddedWords {
    private EmbeddedWords() {}

    static String of(EmbeddedMatch match) {
        return "items of " + match.policy().name() + where(match.rule().where())
                + trashed(match.rule().trashed());
    }

    private static String where(Embedded.Where where) {
        return switch (where) {
            case Embedded.Where.At at ->
                at.places().stream().map(Object::toString).collect(Collectors.joining(" and ", " at ", ""));
            case Embedded.Where.JsonApi api -> " as JSON:API's " + api.type();
        };
    }

    private static String trashed(Embedded.Trashed trashed) {
        return switch (trashed) {
            case STRIP -> "; a trashed one is taken out";
            case NULL -> "; null stands for a trashed one";
            case KEEP -> "; trashed ones stay";
            case STUB -> "; of a trashed one stay its id and its state";
        };
    }
}
