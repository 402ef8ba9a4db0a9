package dev.cenotaph.policy.match;

/** What stands between the slashes of a path that begins with one. Holds offsets: nothing is copied. */
final class Segments {
    private final String text;
    private final int[] ends;

    private Segments(String text, int[] ends) {
        this.text = text;
        this.ends = ends;
    }

    static Segments of(String path) {
        int count = 0;
        for (int at = 0; at >= 0; at = path.indexOf('/', at + 1)) {
            count++;
        }
        int[] ends = new int[count];
        int at = 0;
        for (int i = 0; i < count - 1; i++) {
            at = path.indexOf('/', at + 1);
            ends[i] = at;
        }
        ends[count - 1] = path.length();
        return new Segments(path, ends);
    }

    String text() {
        return text;
    }

    int count() {
        return ends.length;
    }

    int start(int index) {
        return index == 0 ? 1 : ends[index - 1] + 1;
    }

    int end(int index) {
        return ends[index];
    }

    int length(int index) {
        return end(index) - start(index);
    }
}
