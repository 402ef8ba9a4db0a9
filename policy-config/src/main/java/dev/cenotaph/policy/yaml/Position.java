package dev.cenotaph.policy.yaml;

/** Where something stands in a file; line and column from 1. */
public record Position(String file, int line, int column) {

    static Position startOf(String file) {
        return new Position(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
