package dev.cenotaph.load.legacy;

import java.util.Map;

/**
 * A stretch of a list.
 *
 * @param limit how many rows at most, -1 for all
 */
record Page(long limit, long offset) {
    static final Page ALL = new Page(-1, 0);

    static Page ofQuery(Map<String, String> query) {
        return new Page(number(query, "limit", -1), number(query, "offset", 0));
    }

    /** @throws Refusal 400, if the parameter is there and is no whole number */
    static long number(Map<String, String> query, String parameter, long otherwise) {
        String value = query.get(parameter);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,12}")) {
            throw Refusal.malformed(parameter + " must be a whole number");
        }
        return Long.parseLong(value);
    }
}
