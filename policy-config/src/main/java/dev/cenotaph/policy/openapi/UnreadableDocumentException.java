package dev.cenotaph.policy.openapi;

/** A text is no OpenAPI 3.x document that can be read. */
public final class UnreadableDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final int line;
    private final int column;
    private final String what;
    private final String mend;

    /**
     * @param file as it was named to us
     * @param line from 1
     * @param column from 1
     * @param what what is wrong, one sentence
     * @param mend how to mend it, one sentence
     */
    UnreadableDocumentException(String file, int line, int column, String what, String mend) {
        super("%s:%d:%d: %s %s".formatted(file, line, column, what, mend));
        this.file = file;
        this.line = line;
        this.column = column;
        this.what = what;
        this.mend = mend;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String what() {
        return what;
    }

    public String mend() {
        return mend;
    }
}
