package dev.cenotaph.policy.yaml;

/**
 * The text of one policy file.
 *
 * @param file as problems shall name it, such as {@code policies/shop.yaml}
 */
public record PolicySource(String file, String text) {

    /** The last part of the path. */
    public String fileName() {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    /** The file's name without its ending. */
    public String name() {
        String fileName = fileName();
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
}
