package dev.cenotaph.policy.match;

/** The path that restores an item. */
public final class RestorePath {
    private RestorePath() {}

    /**
     * @param itemPath the raw path of the item
     * @param dialect {@code :verb} or {@code /segment}, as the policy has it
     */
    public static String of(String itemPath, String dialect) {
        return (itemPath.endsWith("/") ? itemPath.substring(0, itemPath.length() - 1) : itemPath) + dialect;
    }
}
