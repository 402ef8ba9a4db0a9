package dev.cenotaph.load.speed.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** How figures are written: with as many digits as say something. */
final class Figure {
    private static final double THOUSAND = 1_000;
    private static final double HUNDRED = 100;

    private Figure() {}

    /** A rate, or the like. */
    static String whole(double figure) {
        return String.format(Locale.ROOT, "%,.0f", figure);
    }

    /** A count. */
    static String whole(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** At most two digits behind the point, and none that mean nothing. */
    static String ratio(double figure) {
        return String.format(Locale.ROOT, Math.abs(figure) < HUNDRED ? "%.2f" : "%,.0f", figure);
    }

    /** Nothing where there is none. */
    static String ratio(OptionalDouble figure) {
        return figure.isPresent() ? ratio(figure.getAsDouble()) : "";
    }

    /** In milliseconds. */
    static String millis(double micros) {
        return String.format(Locale.ROOT, "%,.2f", micros / THOUSAND);
    }
}
