package dev.cenotaph.policy;

/**
 * One thing that is wrong with a policy file.
 *
 * @param file as it was named to us
 * @param line from 1
 * @param column from 1
 * @param code stable, kebab-case, such as {@code unknown-key}
 * @param what what is wrong, one sentence
 * @param mend how to mend it, one sentence
 */
public record PolicyProblem(String file, int line, int column, String code, String what, String mend) {
    @Override
    public String toString() {
        return "%s:%d:%d: %s: %s %s".formatted(file, line, column, code, what, mend);
    }
}
