package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenFilesTest {

    static Stream<BrokenFile> brokenFiles() {
        return BrokenFiles.all();
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void everyMistakeIsToldOnceAtItsPlace(BrokenFile broken) {
        assertThat(problems(broken))
                .extracting(problem ->
                        "%s:%d:%d: %s".formatted(problem.file(), problem.line(), problem.column(), problem.code()))
                .containsExactly(broken.expected());
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void everyProblemSaysWhatIsWrongAndHowToMendIt(BrokenFile broken) {
        assertThat(problems(broken)).allSatisfy(problem -> {
            assertThat(problem.what()).matches("(?s)[\\p{Lu}`].+\\.").doesNotContain("\n");
            assertThat(problem.mend()).matches("(?s)[\\p{Lu}`].+[.?]").doesNotContain("\n");
        });
    }

    @Test
    void everyCodeOfTheCompilerHasARow() {
        var ofFiles = EnumSet.of(
                ProblemCode.NO_POLICY_FILES,
                ProblemCode.UNREADABLE_FILE,
                ProblemCode.NOT_UTF_8,
                ProblemCode.DUPLICATE_FILE_NAME,
                ProblemCode.DUPLICATE_RESOURCE);
        var rows = BrokenFiles.all()
                .map(BrokenFile::code)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProblemCode.class)));
        assertThat(rows).isEqualTo(EnumSet.complementOf(ofFiles));
    }

    private static List<PolicyProblem> problems(BrokenFile broken) {
        try {
            PolicyCompiler.compile(broken.sources(), Map.<String, String>of()::get);
            return List.of();
        } catch (InvalidPolicyException e) {
            return e.problems();
        }
    }
}
