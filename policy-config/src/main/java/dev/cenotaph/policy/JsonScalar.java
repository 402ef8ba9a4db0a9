package dev.cenotaph.policy;

/**
 * A string, number, boolean or null of a policy, as the JSON text that goes over the wire.
 *
 * @param json valid JSON: {@code "archived"} with its quotes, {@code 3}, {@code true}, {@code null}
 */
public record JsonScalar(String json) {
    @Override
    public String toString() {
        return json;
    }
}
