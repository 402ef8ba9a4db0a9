package dev.cenotaph.policy.json;

/**
 * What a {@link JsonScanner} comes across, in the order of the bytes. Offsets count from the scanner's start; depth is
 * the number of arrays and objects around a value, 0 for the document's own.
 */
public interface JsonEvents {

    /**
     * The name of the value that begins next.
     *
     * @param depth of that value
     * @param start the opening quote
     * @param end after the closing quote
     */
    void name(int depth, long start, long end);

    /**
     * A value begins.
     *
     * @param first its first byte, which tells its kind
     */
    void begins(int depth, byte first, long at);

    /**
     * The value of this depth that began last is over.
     *
     * @param end after its last byte
     */
    void ends(int depth, long end);
}
