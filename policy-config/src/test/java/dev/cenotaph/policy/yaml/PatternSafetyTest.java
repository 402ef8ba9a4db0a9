package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSafetyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9]+",
                "[a-z][a-z0-9-]{0,62}",
                "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "(?:foo|bar|baz)",
                "(?:foo|bar)?x*",
                "(?:foo|bar){2}",
                "[a-z]++(?:-[a-z]++)*",
                "(?:a+b)*+",
                "(?:a|aa)*+",
                "(?>a+)*",
                "(?:a+)?",
                "(?:a+){1}",
                "(?:a+){0,1}",
                "(?:a+)",
                "(?<year>[0-9]{4})-[0-9]+",
                "\\Q(a+)+\\E",
                "\\Q(a+)+",
                "\\(a+\\)+",
                "[(a+)+]+",
                "[[a]&&[^b\\]]]+",
                "(?i)[a-z]+?",
                "\\p{Alpha}+",
                "a{2,}",
            })
    void patternsWithoutExponentialShapesPass(String pattern) {
        assertThat(Pattern.compile(pattern)).isNotNull();
        assertThat(PatternSafety.complaint(pattern)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a*)*b",
                "(?:[a-z]+-?)*",
                "(?:a+){2,}",
                "(?:a{2,})+",
                "(?:a+){10}",
                "((a+))+",
                "((a)+)+",
                "(a+?)+?",
                "(?:a|aa)+",
                "((a|aa))*",
                "(?:a|b){3,}",
                "(.)\\1",
                "(?<x>.)\\k<x>",
            })
    void patternsThatMayTakeAgesAreRefused(String pattern) {
        assertThat(Pattern.compile(pattern)).isNotNull();
        assertThat(PatternSafety.complaint(pattern)).isPresent();
    }
}
