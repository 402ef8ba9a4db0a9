package dev.cenotaph.gateway.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What one preset promises.
 *
 * @param about whose contract it is
 * @param path the collection that the rows speak of
 */
record Contract(String preset, String about, String path, List<Row> rows) {

    /**
     * One sentence of a contract, and the requests that show whether it holds.
     *
     * @param asks the requests in order; the row is about the last
     * @param answers the status that the contract gives
     * @param shows a text that the contract has in the body
     * @param hides a text that it does not have in the body
     * @param header a header that it has
     * @param upstream how the item lies at the upstream afterwards
     * @param instead the status that we give, where it is another
     * @param lacks whether we do not show what the contract shows
     * @param why why the contract is not met, where it is not
     */
    record Row(
            String preset,
            String says,
            String source,
            List<String> asks,
            int answers,
            Optional<String> shows,
            Optional<String> hides,
            Optional<String> header,
            Optional<String> upstream,
            Optional<Integer> instead,
            boolean lacks,
            Optional<String> why) {

        Row {
            if ((instead.isPresent() || lacks) != why.isPresent()) {
                throw new IllegalArgumentException(
                        preset + ": " + says + " A row that is not met says why, and no other.");
            }
        }

        boolean isMet() {
            return why.isEmpty();
        }

        @Override
        public String toString() {
            return preset + ": " + String.join(", ", asks) + (isMet() ? "" : " (not met)") + ": " + says;
        }
    }

    /** All contracts, in the order of their file. */
    static List<Contract> all() {
        try (InputStream file = Contract.class.getResourceAsStream("/presets.yaml")) {
            List<Map<String, Object>> contracts =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(file));
            return contracts.stream().map(Contract::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // The file's shape; another one fails here.
    private static Contract of(Map<String, Object> contract) {
        String preset = text(contract, "preset");
        var rows = (List<Map<String, Object>>) Objects.requireNonNull(contract.get("rows"));
        return new Contract(
                preset,
                text(contract, "contract"),
                text(contract, "path"),
                rows.stream().map(row -> row(preset, row)).toList());
    }

    @SuppressWarnings("unchecked") // The file's shape; another one fails here.
    private static Row row(String preset, Map<String, Object> row) {
        return new Row(
                preset,
                text(row, "says"),
                text(row, "source"),
                (List<String>) Objects.requireNonNull(row.get("asks")),
                (Integer) Objects.requireNonNull(row.get("answers")),
                Optional.ofNullable((String) row.get("shows")),
                Optional.ofNullable((String) row.get("hides")),
                Optional.ofNullable((String) row.get("header")),
                Optional.ofNullable((String) row.get("upstream")),
                Optional.ofNullable((Integer) row.get("instead")),
                row.containsKey("lacks"),
                Optional.ofNullable((String) row.get("why")));
    }

    private static String text(Map<String, Object> of, String key) {
        return Objects.requireNonNull(of.get(key), key).toString();
    }
}
