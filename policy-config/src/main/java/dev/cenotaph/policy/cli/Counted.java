package dev.cenotaph.policy.cli;

/** Numbers of things, in words. */
final class Counted {
    private Counted() {}

    /** "1 file", "2 files". */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
